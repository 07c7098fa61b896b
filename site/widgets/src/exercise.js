// An exercise's page: editor, buttons, verdict and board in the place of the still program, all of it from our own files.
//
//   <div data-mw-exercise="light-on" data-mw-data="light-on/data.js" data-mw-simulator="simulator.js">…the program to read…</div>
//
// The data are scripts that set makerwagenExercise ({slug, start, config, scenario, description}) and makerwagenSimulator
// ({simulator, judge}: path -> text), for a page may not fetch from a folder. From a folder there is no worker either: then
// everything but running works.
import { make } from "./elements.js";
import { Editor } from "./exercise-editor.js";
import { Keeper } from "./exercise-keeper.js";
import { Runner } from "./exercise-runner.js";
import { CSS } from "./exercise-style.js";
import { verdictCard } from "./exercise-verdict.js";
import { WORDS } from "./exercise-words.js";

const SCRIPTS = document.currentScript?.src || "";
const US = 1_000_000, MOST_SECONDS = 20;

export class ExercisePage {
  constructor(host, exercise, files) {
    this.exercise = exercise;
    this.keeper = new Keeper(exercise.slug);
    this.files = files;
    this.#build(host);
    const problem = whyNot();
    if (problem) return this.#withoutBoard(problem);
    this.runner = new Runner(spawn, files);
    this.runner.warm();
    this.panel = new globalThis.makerwagenBoard.BoardPanel(this.boardHost, this.#description(), (inputs, seconds) => this.#run(inputs, seconds), { level: 2 });
  }

  #build(host) {
    const { slug, start } = this.exercise;
    const button = (word, onclick, more = "") => make("button", { type: "button", class: `ex-button ${more}`, onclick }, word);
    this.editor = new Editor(this.keeper.read() ?? start, (text) => this.#changed(text));
    this.startButton = button(WORDS.start, () => this.#start(), "ex-main");
    this.checkButton = button(WORDS.check, () => this.#check(), "ex-main");
    this.stopButton = button(WORDS.stop, () => this.#stop());
    this.stopButton.disabled = true;
    this.resetButton = button(WORDS.reset, () => { this.sure.hidden = false; this.sure.querySelector("button").focus(); });
    this.load = make("a", { class: "ex-button", download: "main.py", href: `${slug}/main.py`, onclick: () => this.#offer() }, WORDS.download);
    this.status = make("p", { class: "ex-status", role: "status" });
    this.verdict = make("div", { class: "ex-verdict", "aria-live": "polite", tabindex: "-1" });
    const settle = (yes) => { this.sure.hidden = true; if (yes) this.#reset(); this.resetButton.focus(); };
    this.sure = make("div", { class: "ex-card", role: "group", "aria-label": WORDS.reset, hidden: true }, make("p", {}, WORDS.sure),
      make("div", { class: "ex-bar" }, button(WORDS.yes, () => settle(true)), button(WORDS.no, () => settle(false))));
    this.boardHost = make("div", { class: "ex-board" });
    host.classList.add("ex-page");
    host.replaceChildren(make("div", { class: "ex-work" },
      make("label", { class: "ex-label", for: "ex-program" }, WORDS.program), this.editor.element,
      make("p", { class: "ex-small", id: "ex-keys" }, `${WORDS.keys} ${this.keeper.works ? WORDS.kept : WORDS.notKept}`),
      make("div", { class: "ex-bar" }, this.startButton, this.checkButton, this.stopButton, this.resetButton, this.load),
      this.sure, this.status, this.verdict), this.boardHost);
  }

  #withoutBoard(words) {
    for (const one of [this.startButton, this.checkButton, this.stopButton]) one.hidden = true;
    this.boardHost.replaceWith(make("p", { class: "ex-card" }, words));
  }

  #description() {
    return { ...this.exercise.description, seconds: Math.min(this.exercise.scenario.seconds, MOST_SECONDS) };
  }

  // What the board shows belongs to the program before the change: forget it, so that Start runs this one.
  #changed(text) {
    this.keeper.keep(text);
    if (this.panel?.answered) this.panel.describe(this.#description());
  }

  #config(inputs, seconds) {
    const { config, scenario } = this.exercise;
    return { ...config, source: this.editor.text, inputs, end_us: Math.round(seconds * US), seed: scenario.seed };
  }

  async #run(inputs, seconds) {
    const result = await this.#busy(WORDS.running, () => this.runner.run(this.#config(inputs, seconds)));
    if (result.error) this.editor.mark(result.error.line);
    return result;
  }

  #start() {
    this.verdict.replaceChildren();
    this.editor.mark(0);
    if (this.judged) this.panel.describe(this.#description());
    this.judged = false;
    this.panel.start();
    this.boardHost.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  async #check() {
    this.panel.pause();
    this.verdict.replaceChildren();
    this.editor.mark(0);
    try {
      const { verdict, run, inputs } = await this.#busy(WORDS.checking, () => this.runner.judge(this.exercise, this.editor.text));
      this.editor.mark(verdict.passed ? 0 : verdict.line);
      const shown = run.error ? [] : [make("p", { class: "ex-small" }, WORDS.shown)];
      this.verdict.replaceChildren(verdictCard(verdict), ...shown);
      if (!run.error) this.#replay(run, inputs);
      this.verdict.focus({ preventScroll: true });
      this.verdict.scrollIntoView({ block: "nearest", behavior: "smooth" });
    } catch {
      // What went wrong stands in the status line already.
    }
  }

  // Show what the board did when it was checked, with the presses of the scenario.
  #replay(run, inputs) {
    this.judged = true;
    this.panel.describe({ ...this.exercise.description, seconds: run.seconds, inputs });
    this.panel.load(run);
    this.panel.play();
  }

  #stop() {
    this.runner.stop();
    this.panel.stop();
    this.status.textContent = WORDS.stopped;
  }

  // One thing at a time; only its end, not its being stopped, clears what is said.
  async #busy(words, work) {
    this.runs = (this.runs || 0) + 1;
    this.status.textContent = words;
    this.stopButton.disabled = false;
    this.checkButton.disabled = true;
    try {
      const found = await work();
      this.status.textContent = "";
      return found;
    } catch (error) {
      if (error?.name === "AbortError") throw error;
      console.error(error);
      this.status.textContent = WORDS.noAnswer;
      throw new Error(WORDS.noAnswer);
    } finally {
      this.runs -= 1;
      this.stopButton.disabled = this.runs < 1;
      this.checkButton.disabled = this.runs > 0;
    }
  }

  #reset() {
    this.editor.text = this.exercise.start;
    this.keeper.forget();
    this.verdict.replaceChildren();
    this.status.textContent = WORDS.resetDone;
  }

  #offer() {
    const before = this.offered;
    this.offered = URL.createObjectURL(new Blob([this.editor.text], { type: "text/x-python" }));
    this.load.href = this.offered;
    if (before) URL.revokeObjectURL(before);
  }
}

function whyNot() {
  if (location.protocol === "file:") return WORDS.folder;
  return typeof Worker === "undefined" || typeof WebAssembly === "undefined" ? WORDS.noWorker : "";
}

function spawn() {
  return new Worker(new URL("exercise-worker.js", SCRIPTS), { type: "module" });
}

function script(src) {
  return new Promise((resolve, reject) => {
    document.head.append(make("script", { src, onload: resolve, onerror: () => reject(new Error(src)) }));
  });
}

async function open(host) {
  const { mwData, mwSimulator } = host.dataset;
  host.dataset.mwReady = "waiting";
  const board = location.protocol === "file:" || globalThis.makerwagenBoard ? [] : [new URL("board-view.js", SCRIPTS)];
  // Without the board nothing of the simulator is needed.
  await Promise.all([mwData, ...(board.length ? [mwSimulator] : []), ...board].map(script));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  host.exercise = new ExercisePage(host, globalThis.makerwagenExercise, globalThis.makerwagenSimulator);
  host.dataset.mwReady = "yes";
}

const start = () => document.querySelectorAll("[data-mw-exercise]:not([data-mw-ready])").forEach(open);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
