// Runs and judges programs in workers: each run in a new one, which is killed when it takes too long or is stopped.
//
//   const runner = new Runner(spawn, {simulator, judge})      spawn() -> a worker; the others {path: text}
//   runner.run(config) -> {events, printed, seconds, notes, error}   error: null or {line, message, technical}
//   runner.judge(exercise, source) -> {verdict, run, inputs}  exercise: {config, scenario}
//   runner.stop()                                             what is running ends with an AbortError
const US = 1_000_000, PATIENCE_MS = 4000, START_MS = 30_000, HUNGRY_MS = 1000, MOST_PRINTED = 20_000;

export class Runner {
  constructor(spawn, files, { patience = PATIENCE_MS } = {}) {
    this.spawn = spawn;
    this.files = files;
    this.patience = patience;
    this.running = new Set();
    this.stops = 0;
  }

  // Make a worker ready beforehand, so that the next start is quick.
  warm() {
    this.spare ||= this.#open(this.files.simulator, true);
    this.spare.ready.catch(() => {});
  }

  async run(config) {
    const events = await this.#events(config);
    return this.#result(events, config);
  }

  // As boards/judging.py does it: run, look when the scenario's presses are due, run again, judge.
  async judge({ config, scenario }, source) {
    const stops = this.stops, most = await this.#ask("most_runs", [scenario]);
    let inputs = (await this.#ask("schedule", [scenario, null, []])) || [], events = [], whole;
    for (let count = 0; count < most; count++) {
      if (stops !== this.stops) throw stopped();
      whole = { ...config, source, inputs, end_us: Math.round(scenario.seconds * US), seed: scenario.seed };
      events = await this.#events(whole);
      const again = await this.#ask("schedule", [scenario, events, inputs]);
      if (!again) break;
      inputs = again;
    }
    const verdict = await this.#ask("judge", [scenario, events, source]);
    return { verdict, run: await this.#result(events, whole), inputs: whole.inputs };
  }

  stop() {
    this.stops += 1;
    for (const machine of this.running) machine.close();
  }

  dispose() {
    this.disposed = true;
    this.stop();
    for (const machine of [this.spare, this.judging]) machine?.close();
    this.spare = this.judging = null;
  }

  async #result(events, { source, end_us }) {
    const error = events.find((event) => event[0] === "error");
    const noted = events.filter((event) => event[0] === "note").map((event) => event.slice(2));
    return {
      events,
      printed: events.filter((event) => event[0] === "print").map((event) => event[2]).join("").slice(0, MOST_PRINTED),
      seconds: end_us / US,
      notes: noted.length ? await this.#ask("noted", [noted]) : [],
      error: error ? await this.#ask("explain", [error[2], error[3], error[4], source]) : null,
    };
  }

  async #events(config) {
    this.warm();
    const machine = this.spare;
    this.spare = null;
    this.running.add(machine);
    const events = [];
    try {
      await machine.ready;
      const ended = await machine.ask({ kind: "run", config }, this.patience, (lines) => { for (const line of lines) events.push(asOnTheLaptop(JSON.parse(line))); });
      return complete(events, ended.kind, config.source);
    } finally {
      this.running.delete(machine);
      machine.close();
      if (!this.disposed) this.warm();
    }
  }

  async #ask(question, values) {
    this.judging ||= this.#open(this.files.judge, false);
    const judging = this.judging;
    await judging.ready;
    // One question after the other; the judge is ours and always answers.
    const answer = (judging.turn || Promise.resolve()).then(() => judging.ask({ kind: "ask", question, values }, START_MS));
    judging.turn = answer.catch(() => {});
    const { kind, value, message } = await answer;
    if (kind === "answer") return value;
    judging.close();
    this.judging = null;
    throw new Error(`the judge did not answer: ${message || "too slow"}`);
  }

  #open(files, tight) {
    const machine = new Machine(this.spawn());
    machine.ready = machine.ask({ kind: "open", files, tight }, START_MS).then(({ kind, message }) => {
      if (kind !== "ready") throw new Error(message || "MicroPython does not start");
    });
    return machine;
  }
}

class Machine {
  constructor(worker) {
    this.worker = worker;
    worker.onmessage = ({ data }) => this.#hear(data);
    this.end = () => {};
    worker.onerror = (event) => this.settle?.({ kind: "broken", message: event.message || "the worker could not start" });
  }

  #hear(data) {
    if (data.kind === "lines") this.listen?.(data.lines);
    else if (data.kind !== "hungry") this.settle?.(data);
    else if (!this.hungry) this.hungry = setTimeout(() => this.settle?.({ kind: "full" }), HUNGRY_MS);
  }

  // Kill it. Who still waits for an answer gets an AbortError.
  close() {
    this.worker.terminate();
    this.end(stopped());
  }

  // Resolve to the worker's answer, or to {kind: "late"} when it takes longer than `patience` milliseconds.
  ask(order, patience, listen) {
    return new Promise((resolve, reject) => {
      const clock = setTimeout(() => this.settle?.({ kind: "late" }), patience);
      const finish = (how) => (what) => {
        clearTimeout(clock);
        clearTimeout(this.hungry);
        this.settle = null;
        this.end = () => {};
        how(what);
      };
      this.listen = listen;
      this.settle = finish(resolve);
      this.end = finish(reject);
      this.worker.postMessage(order);
    });
  }
}

const stopped = () => new DOMException("stopped", "AbortError");

// In a browser the number of the error "there is no such file" is another one.
function asOnTheLaptop(event) {
  return event[0] === "error" && event[2] === "OSError" && event[3] === "44" ? [...event.slice(0, 3), "2", event[4]] : event;
}

// Why a program was stopped from outside is an event too, though the board could not write it.
function complete(events, ended, source) {
  if (events.some(([kind]) => kind === "end" || kind === "error")) return events;
  const last = events.reduce((us, event) => Math.max(us, event[1]), 0);
  return [...events, ended === "late" ? ["error", last, "KeyboardInterrupt", "", restlessLoop(source)] : ["error", last, "MemoryError", "", 0]];
}

// A killed worker cannot tell where it was: the first loop that calls nothing at all, or else the first without a sleep.
export function restlessLoop(source) {
  const rows = source.split("\n").map((row) => row.replace(/#.*/, ""));
  const deep = (row) => row.length - row.trimStart().length;
  const loops = rows.flatMap((row, start) => {
    if (!/^\s*while\b/.test(row)) return [];
    const next = rows.findIndex((other, at) => at > start && other.trim() && deep(other) <= deep(row));
    return [{ line: start + 1, body: rows.slice(start, next < 0 ? undefined : next).join("\n") }];
  });
  const found = loops.find(({ body }) => !body.includes("(")) || loops.find(({ body }) => !body.includes("sleep"));
  return found ? found.line : 0;
}
