// The board's panel: replays a finished run in real time; what is pressed or turned makes the run anew from the start.
//
//   const panel = new BoardPanel(host, description, run, options)
//
// description: {board: {title, led, …}, devices: […], seconds, picture?: svg, picture_words?, inputs?: [[us, device, control, value]…]}
// run(inputs, seconds) -> Promise of {events, printed, seconds, error: null | {line, message, technical}, verdict?, devices?, notes?: [[pin or line, sentence]…]}
// options: {result (a run already made), autoplay, more (seconds that "Noch mehr Zeit" adds), real: {boards: [{name, run(hear), stop()}…], find()}, changed(result), moved(us, state),
//           compact, level (of its heading, 3), pending() (a promise while the program is being changed: Start waits for it)}
// A board at a cable is run by run(hear), see board-real.js; find() looks for the boards again.
// Methods: start() anew, play(), pause(), stop(), seek(us), load(result), replace(result), notice(notes), describe(description), fail(message), dispose().
import { make, openRoot, picture } from "./elements.js";
import { ReplayClock } from "./board-clock.js";
import { Controls } from "./board-bar.js";
import { errorCard, noteCard, verdictCard } from "./board-cards.js";
import { makeInput } from "./board-controls.js";
import { isOutput, makeOutput, pinsOf } from "./board-devices.js";
import { Inputs } from "./board-inputs.js";
import { RealBoard } from "./board-real.js";
import { Sound } from "./board-sound.js";
import { CSS } from "./board-style.js";
import { Timeline } from "./board-timeline.js";
import { Trace } from "./board-trace.js";
import { WORDS, seconds } from "./board-words.js";

const MOST_SECONDS = 600, MORE_SECONDS = 10, MOST_PRINTED = 8000;

export class BoardPanel {
  constructor(host, description, run, options = {}) {
    this.run = run;
    this.options = options;
    this.host = host;
    this.sound = new Sound();
    this.clock = new ReplayClock((before) => this.#tick(before));
    this.state = "idle"; // idle, playing, paused, used (time is up), done (program ended), broken
    this.#build();
    this.describe(description);
    if (options.result) this.load(options.result);
    if (options.result && options.autoplay && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.play();
  }

  // Take another board, other devices or other given inputs; what the child did is forgotten.
  describe(description) {
    this.description = description;
    this.seconds = description.seconds || 10;
    this.inputs = new Inputs(description.inputs);
    this.trace = new Trace(null);
    this.answered = null;
    this.asked = 0;
    this.#arrange(description.devices || []);
    this.wired.hidden = !description.picture;
    if (description.picture) this.wired.replaceChildren(make("summary", {}, WORDS.wired), picture(description.picture, description.picture_words ? WORDS.wiredBelow : WORDS.wired), make("p", { class: "bw-steps-said" }, description.picture_words || ""));
    this.controls.heading.textContent = description.board?.title || WORDS.title;
    this.#rewind("idle");
  }

  // Show a run from now on; the clock stays where it is.
  load(result) {
    this.answered = result;
    if (result.devices && JSON.stringify(result.devices) !== JSON.stringify(this.devices)) this.#arrange(result.devices);
    this.trace = new Trace(result);
    this.#timeline();
    this.noticed = new Set();
    this.notes.replaceChildren(...(result.verdict ? [verdictCard(result.verdict)] : []));
    this.notice(result.notes || []);
    if (["used", "done", "broken"].includes(this.state) && this.clock.us < this.trace.endUs) this.state = "paused";
    this.#draw(this.clock.us);
    this.options.changed?.(result);
  }

  // Show notes, [pin or line, sentence], besides those that are there.
  notice(notes) {
    for (const note of notes) {
      if (this.noticed?.has(`${note}`)) continue;
      this.noticed?.add(`${note}`);
      this.notes.append(noteCard(note));
    }
  }

  // Another program on the same board: forget what was done and show its run from the start.
  replace(result) {
    this.inputs.forget();
    this.seconds = this.description.seconds || 10;
    this.#rewind("idle");
    this.#say(WORDS.idle);
    this.load(result);
  }

  // Forget what was done, run anew and play from the start: the program may be another one.
  start() {
    this.inputs.forget();
    this.seconds = this.description.seconds || 10;
    this.answered = null;
    this.#rewind("idle");
    return this.play();
  }

  async play() {
    const pending = this.options.pending?.();
    if (pending) {
      this.#say(WORDS.thinking);
      await pending;
      if (this.disposed) return;
    }
    if (!this.answered) {
      await this.#ask();
      if (!this.answered) return;
    }
    if (this.state === "used") return this.#more();
    if (["done", "broken"].includes(this.state)) this.clock.us = 0;
    this.#become("playing");
    this.clock.play();
  }

  pause() {
    if (this.state !== "playing") return;
    this.clock.catchUp();
    this.#become("paused");
  }

  stop() {
    for (const input of this.inputCards) input.release();
    this.#rewind("idle");
    this.#say(WORDS.stopped);
  }

  seek(us) {
    if (!this.answered) return;
    this.clock.us = Math.min(us, this.trace.endUs);
    this.state = "seeking"; // while the cursor moves only the slider speaks
    this.#say(WORDS.paused);
    this.#become(us >= this.trace.endUs ? this.#endState() : "paused", { quiet: true });
    this.#draw(this.clock.us);
  }

  fail(message) {
    this.problem.hidden = !message;
    this.problem.replaceChildren(...(message ? [make("b", {}, `! ${message}`)] : []));
  }

  dispose() {
    this.clock.pause();
    this.timeline.dispose();
    this.sound.close();
    this.disposed = true;
  }

  #build() {
    const root = openRoot(this.host, CSS), level = this.options.level || 3;
    const head = (words) => make(`h${level + 1}`, {}, words);
    this.controls = new Controls(make(`h${level}`), {
      go: () => (this.state === "playing" ? this.pause() : this.play()),
      stop: () => this.stop(),
      again: () => { this.#rewind("idle"); this.play(); },
      forget: () => { this.inputs.forget(); this.#ask(); },
      speed: (speed) => { this.clock.catchUp(); this.clock.speed = speed; },
    });
    this.problem = make("div", { class: "bw-card bw-wrong", role: "alert", hidden: true });
    this.error = make("div", { role: "alert" });
    this.notes = make("div", { class: "bw-main" });
    this.outputs = make("ul", { class: "bw-parts" });
    this.inputList = make("ul", { class: "bw-parts" });
    this.outputArea = make("section", { class: "bw-area" }, head(WORDS.outputs), this.outputs);
    this.inputArea = make("section", { class: "bw-area" }, head(WORDS.inputs), this.inputList);
    this.timeline = new Timeline((us) => this.seek(us));
    this.timeArea = make("section", {}, head(WORDS.trace), this.timeline.element);
    this.print = make("pre", { tabindex: "0", role: "region", "aria-label": WORDS.console });
    this.printArea = make("section", { hidden: true }, head(WORDS.console), this.print);
    this.wired = make("details", { class: "bw-wired", hidden: true });
    this.main = make("div", { class: "bw-main" }, this.outputArea, this.inputArea);
    this.panel = make("section", { class: this.options.compact ? "bw-panel bw-compact" : "bw-panel", lang: "de", "aria-label": WORDS.title }, this.controls.element, this.problem, this.error, this.main, this.timeArea, this.printArea, this.notes, this.wired);
    if (this.options.real && !this.options.compact) this.#offerReal(this.options.real);
    root.replaceChildren(this.panel);
  }

  // On a laptop the child can choose a real board. Then all that belongs to the simulated one steps aside.
  #offerReal(boards) {
    const simulated = make("div", { class: "bw-main" });
    const real = new RealBoard(boards, (chosen) => { this.pause(); simulated.hidden = chosen; });
    simulated.append(...this.panel.childNodes);
    this.panel.append(real.switch, simulated, real.element, real.search);
  }

  #arrange(devices) {
    this.devices = devices;
    const hand = { press: (...what) => this.#press(...what), turn: (...what) => this.#turn(...what) };
    this.outputCards = devices.filter(isOutput).map((device) => makeOutput(device, this.sound));
    this.inputCards = devices.filter((device) => !isOutput(device)).map((device) => makeInput(device, hand));
    this.outputs.replaceChildren(...this.outputCards.map((one) => one.element));
    this.inputList.replaceChildren(...this.inputCards.map((one) => one.element));
    this.outputArea.hidden = !this.outputCards.length;
    this.inputArea.hidden = !this.inputCards.length;
    this.main.hidden = !devices.length;
    this.main.classList.toggle("bw-both", this.outputCards.length > 0 && this.inputCards.length > 0);
  }

  // Pressed or let go: it counts from this very moment on, and wakes a board that rests.
  async #press(device, control, value) {
    if (value && this.state === "used") await this.#more();
    this.inputs.set(this.clock.catchUp(), device, control, value);
    const asked = this.#ask();
    if (value && ["idle", "paused"].includes(this.state)) {
      if (!this.answered) await asked;
      this.play();
    }
  }

  #turn(device, control, value, first) {
    const us = this.clock.catchUp();
    if (first) this.turnedSince = us;
    this.inputs.turn(us, this.turnedSince, device, control, value);
    this.#ask();
  }

  // One question at a time. While it is out the replay goes on; what was done meanwhile is asked next.
  #ask() {
    this.#timeline();
    this.wanted = true;
    this.asking ||= this.#askAll().finally(() => { this.asking = null; });
    return this.asking;
  }

  async #askAll() {
    while (this.wanted && !this.disposed) {
      this.wanted = false;
      const from = this.description;
      if (!this.answered) this.#say(WORDS.thinking);
      try {
        const result = await this.run(this.inputs.copy(), this.seconds);
        if (from !== this.description) continue;
        this.fail("");
        // An answer to an older question may lack the newest press; then the next one is on its way.
        this.load(result);
      } catch (error) {
        if (error?.name === "AbortError") continue;
        this.fail(error?.message || WORDS.noAnswer);
      }
    }
  }

  async #more() {
    const before = this.seconds;
    this.seconds = Math.min(this.seconds + (this.options.more || MORE_SECONDS), MOST_SECONDS);
    if (this.seconds === before) return;
    await this.#ask();
    this.#become("playing");
    this.clock.play();
  }

  #tick(before) {
    if (this.clock.us >= this.trace.endUs) {
      this.clock.us = this.trace.endUs;
      // With a press on its way the run may become longer: wait for the answer instead of ending.
      if (!this.asking) this.#become(this.#endState());
    }
    this.#draw(before);
  }

  #endState() {
    return this.trace.error ? "broken" : this.trace.finished ? "done" : "used";
  }

  #rewind(state) {
    this.clock.us = 0;
    this.#become(state, { quiet: true });
    this.#timeline();
    this.#draw(0);
  }

  #become(state, { quiet = false } = {}) {
    const before = this.state;
    this.state = state;
    this.host.dataset.state = state;
    if (state !== "playing") {
      this.clock.pause();
      this.sound.silence();
    }
    this.controls.show(state, { own: this.inputs.own, most: this.seconds >= MOST_SECONDS });
    if (quiet || before === state) return;
    const words = { playing: WORDS.running, used: WORDS.used, done: WORDS.done, broken: WORDS.broken, idle: WORDS.idle };
    this.#say(state === "paused" ? `${WORDS.paused} bei ${seconds(this.clock.us)}. ${this.summary()}` : words[state]);
  }

  // Return in one sentence what the board does at this moment.
  summary() {
    return this.outputCards.map((one) => `${one.device.label || one.device.part}: ${one.words()}`).join(", ");
  }

  #draw(before) {
    const us = this.clock.us, playing = this.state === "playing", power = this.answered && this.state !== "idle";
    const trace = power ? this.trace : EMPTY;
    for (const one of this.outputCards) one.draw(trace, us, before, playing);
    for (const one of this.inputCards) one.draw(this.inputs, us);
    this.timeline.move(us);
    this.controls.clock(us, this.trace.endUs || this.seconds * 1e6);
    this.#drawPrinted(trace, us);
    this.#drawError(us);
    this.options.moved?.(us, this.state);
  }

  #drawPrinted(trace, us) {
    const text = trace.printed(us).slice(-MOST_PRINTED);
    this.printArea.hidden = !this.trace.prints.length;
    if (text === this.print.textContent) return;
    this.print.textContent = text;
    this.print.scrollTop = this.print.scrollHeight;
  }

  // An error before the first moment (a typing mistake) is told at once, a later one when the replay gets there.
  #drawError(us) {
    const told = this.trace.error && this.answered && (this.state === "broken" || this.trace.errorUs < 1000 || us >= this.trace.errorUs) ? this.trace.error : null;
    if (told === this.toldError) return;
    this.toldError = told;
    this.error.replaceChildren(...(told ? [errorCard(told)] : []));
  }

  #timeline() {
    this.timeline.show(this.trace, this.devices, this.inputs, this.trace.endUs || this.seconds * 1e6);
    this.timeArea.hidden = !this.timeline.rows.length;
    this.controls.show(this.state, { own: this.inputs.own, most: this.seconds >= MOST_SECONDS });
  }

  #say(words) {
    this.controls.say(words);
  }
}

const EMPTY = new Trace(null);
export { Trace, pinsOf };
