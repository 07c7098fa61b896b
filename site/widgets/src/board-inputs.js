// What was pressed and turned, and when: [microseconds, device, control, value], in order of time.
const COALESCE_US = 100_000;

export class Inputs {
  constructor(given = []) {
    this.given = sorted(given);
    this.list = this.given.slice();
    this.version = 0;
  }

  // Say whether the child added something of its own.
  get own() {
    return JSON.stringify(this.list) !== JSON.stringify(this.given);
  }

  // Set a control from a moment on. What was recorded for this control later than that is replaced: the present wins.
  set(us, device, control, value) {
    const at = Math.max(0, Math.round(us));
    const same = (one) => one[1] === device && one[2] === control;
    const kept = this.list.filter((one) => !same(one) || one[0] < at);
    kept.push([at, device, control, value]);
    this.list = sorted(kept);
    this.version++;
  }

  // Set a knob that is being turned: not more than one input in a tenth of a second since `sinceUs`, the newest value wins.
  turn(us, sinceUs, device, control, value) {
    const last = this.list.filter((one) => one[1] === device && one[2] === control && one[0] <= us).pop();
    if (last && last[0] >= sinceUs && us - last[0] < COALESCE_US) {
      last[3] = value;
      this.list = this.list.filter((one) => one[1] !== device || one[2] !== control || one[0] <= last[0]);
      this.version++;
    } else this.set(us, device, control, value);
  }

  // Return a control's value at a moment, or `missing` when nobody had touched it.
  at(us, device, control, missing) {
    let value = missing;
    for (const one of this.list) if (one[0] <= us && one[1] === device && one[2] === control) value = one[3];
    return value;
  }

  forget() {
    this.list = this.given.slice();
    this.version++;
  }

  copy() {
    return this.list.map((one) => one.slice());
  }
}

function sorted(list) {
  return list.map((one) => one.slice()).sort((a, b) => a[0] - b[0]);
}
