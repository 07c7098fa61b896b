// The events of a finished run, ready to be asked: what was it at this moment, when was it on. Times are microseconds.
const AFTERGLOW_US = 1_000_000;

export class Trace {
  constructor(result) {
    this.events = result?.events || [];
    this.series = new Map();
    this.prints = [];
    this.messages = [];
    this.error = result?.error || null;
    this.errorUs = 0;
    this.ended = null;
    let last = 0;
    for (const event of this.events) {
      const [kind, us, ...rest] = event;
      last = Math.max(last, us);
      if (kind === "print") this.prints.push([us, rest[0]]);
      else if (kind === "message") this.messages.push([us, ...rest]);
      else if (kind === "end") this.ended = us;
      else if (kind === "error") this.errorUs = us;
      else this.#add(kind, us, rest);
    }
    if (!this.prints.length && result?.printed) this.prints.push([0, result.printed]);
    this.secondsUs = Math.round((result?.seconds || 0) * 1e6);
    this.endUs = this.error ? Math.max(last, this.errorUs) : this.ended ?? Math.max(last, this.secondsUs);
    // A program that ended leaves its lights as they are: show that for a moment.
    if (this.finished) this.endUs = Math.min(this.endUs + AFTERGLOW_US, this.secondsUs);
  }

  // Say whether the program came to its end before the time was up.
  get finished() {
    return !this.error && this.ended !== null && this.ended < this.secondsUs - 1000;
  }

  // Return the value at a moment, or `missing` before the first.
  at(key, us, missing = null) {
    const found = this.series.get(key);
    const index = found ? upTo(found.times, us) : 0;
    return index ? found.values[index - 1] : missing;
  }

  // Return how much of a stretch a pin was on, 0…1, weighed by duty: what an eye sees of a fast blinking light.
  brightness(pin, fromUs, toUs) {
    const found = this.series.get(`light:${pin}`);
    if (!found) return 0;
    let index = upTo(found.times, fromUs), value = index ? found.values[index - 1] : 0, since = fromUs, sum = 0;
    for (; index < found.times.length && found.times[index] <= toUs; index++) {
      sum += value * (found.times[index] - since);
      since = found.times[index];
      value = found.values[index];
    }
    return toUs > fromUs ? (sum + value * (toUs - since)) / (toUs - fromUs) : value;
  }

  // Return the tone at a moment in hertz, 0 when it is silent: from PWM, or from a program that toggles the pin itself.
  hertz(pin, us) {
    const [hz, duty] = this.at(`pwm:${pin}`, us, [0, 0]);
    if (hz > 0) return duty > 0 && duty < 1 ? hz : 0;
    const found = this.series.get(`out:${pin}`);
    if (!found) return 0;
    const first = upTo(found.times, us - 50_000), end = upTo(found.times, us);
    if (end - first < 4) return 0;
    return Math.round(((end - first - 1) * 1e6) / 2 / (found.times[end - 1] - found.times[first] || 1));
  }

  // Return [from, to, value] of every stretch in which a series is not zero.
  stretches(key, endUs = this.endUs) {
    const found = this.series.get(key), made = [];
    if (!found) return made;
    for (let index = 0; index < found.times.length; index++) {
      const from = found.times[index], to = Math.min(found.times[index + 1] ?? endUs, endUs), value = found.values[index];
      if (!value || to <= from) continue;
      const before = made[made.length - 1];
      if (before && before[1] === from && before[2] === value) before[1] = to;
      else made.push([from, to, value]);
    }
    return made;
  }

  printed(us) {
    let text = "";
    for (const [at, more] of this.prints) if (at <= us) text += more;
    return text;
  }

  #add(kind, us, [name, ...rest]) {
    if (kind === "out") {
      this.#put(`out:${name}`, us, rest[0]);
      this.#put(`light:${name}`, us, rest[0]);
    } else if (kind === "pwm") {
      this.#put(`pwm:${name}`, us, rest);
      this.#put(`light:${name}`, us, rest[0] > 0 ? rest[1] : 0);
    } else if (kind === "in") {
      this.#put(`in:${name}`, us, rest);
      this.#put(`held:${name}`, us, rest[1] ? 1 : 0);
    } else if (kind === "control") this.#put(`control:${name}/${rest[0]}`, us, rest[1]);
    else this.#put(`${kind}:${name}`, us, rest[0]);
  }

  #put(key, us, value) {
    if (!this.series.has(key)) this.series.set(key, { times: [], values: [] });
    const found = this.series.get(key);
    found.times.push(us);
    found.values.push(value);
  }
}

// Return how many of the rising `times` are not after `us`.
export function upTo(times, us) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= us) low = middle + 1;
    else high = middle;
  }
  return low;
}
