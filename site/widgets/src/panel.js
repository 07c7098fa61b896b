// Fields, view, meter and buttons of one part. It knows no notebook: `link` sends wishes and gives back states.
import { make, openRoot } from "./elements.js";
import { makeField } from "./fields.js";
import { Meter } from "./meter.js";
import { WORDS } from "./phrases.js";
import { CSS } from "./style.js";
import { View } from "./view.js";

const SETTLE_MS = 400, SILENT_MS = 9000, TICK_MS = 20000;
let panels = 0;

export class Panel {
  constructor(host, declaration, send) {
    this.declaration = declaration;
    this.send = send;
    this.id = `${Date.now().toString(36)}-${++panels}`;
    this.number = 0;
    this.wanted = {}; // moved since the last question went out
    this.asked = null;
    this.timers = {};
    const root = openRoot(host, CSS);
    this.left = make("div", { class: "mw-left" });
    this.right = make("div", { class: "mw-right" });
    root.replaceChildren(make("div", { class: "mw-panel", lang: "de" }, this.left, this.right));
    this.#buildLeft();
    this.#buildRight();
    if (!this.view.stage) this.send({ kind: "draw" }); // without 3D the view shows a drawing
  }

  // Show what Python says: the fields' values, and a state with message, words, drawing, findings, meter and notes.
  show(state, values, mesh) {
    this.state = state;
    const answered = state.number === this.asked;
    if (answered) this.#heard();
    if (!this.asked && !Object.keys(this.wanted).length) for (const field of this.fields) if (field.parameter.name in values) field.set(values[field.parameter.name]);
    this.view.show({ mesh, words: state.sentence, drawing: state.drawing, findings: state.findings });
    this.view.element.classList.toggle("mw-stale", Boolean(state.message));
    this.words.textContent = state.sentence;
    this.meter.show(state);
    this.#tell(state);
    const first = state.names?.[0];
    for (const field of this.fields) field.element.classList.toggle("mw-wrong", Boolean(state.message) && field.parameter.name === first);
    this.saveButton.disabled = this.sendButton.disabled = Boolean(state.message) || state.blocked;
    this.note.textContent = state.note || (state.restored ? WORDS.restored : "");
    clearInterval(this.timers.tick);
    if (state.waiting) this.timers.tick = setInterval(() => this.send({ kind: "tick" }), TICK_MS);
    if (answered) this.#next();
  }

  dispose() {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.view.dispose();
  }

  #buildLeft() {
    const { presets, parameters } = this.declaration;
    if (presets.length) {
      const chip = (title, values) => make("button", { type: "button", onclick: () => this.#apply(values) }, title);
      const defaults = Object.fromEntries(parameters.map((one) => [one.name, one.default]));
      this.left.append(make("fieldset", {}, make("legend", {}, WORDS.presets), make("div", { class: "mw-row" }, chip(WORDS.standard, defaults), ...presets.map((one) => chip(one.title, { ...defaults, ...one.values })))));
    }
    const groups = new Map();
    this.fields = parameters.map((parameter) => {
      const field = makeField(parameter, (name, value) => this.#changed(name, value));
      field.focusOn(() => this.#pointAt(parameter, field.get()));
      field.element.addEventListener("pointerdown", () => this.#pointAt(parameter, field.get()));
      const group = parameter.group || "";
      if (!groups.has(group)) {
        groups.set(group, make("fieldset", {}, group ? make("legend", {}, group) : null));
        this.left.append(groups.get(group));
      }
      groups.get(group).append(field.element);
      return field;
    });
  }

  #buildRight() {
    const { bed, room } = this.declaration;
    this.view = new View(this.right, { bed, room });
    this.card = make("div", { class: "mw-card", role: "alert", hidden: true });
    this.words = make("p", { class: "mw-words" });
    this.right.append(this.card, this.words);
    this.meter = new Meter(this.right);
    const button = (label, kind, main) => make("button", { type: "button", class: main ? "mw-main" : null, onclick: () => this.#press(kind) }, label);
    this.saveButton = button(WORDS.save, "save", true);
    this.sendButton = button(WORDS.send, "send", false);
    this.note = make("p", { class: "mw-small", role: "status" });
    this.right.append(make("div", { class: "mw-row" }, this.saveButton, this.sendButton), this.note);
  }

  #apply(values) {
    for (const field of this.fields) if (field.parameter.name in values) field.set(values[field.parameter.name]);
    Object.assign(this.wanted, values);
    this.view.point(null);
    this.#next();
  }

  #changed(name, value) {
    this.wanted[name] = value;
    const { parameter } = this.fields.find((field) => field.parameter.name === name);
    this.#pointAt(parameter, value);
    this.#next();
  }

  #pointAt(parameter, value) {
    const { dimension, label, unit } = parameter;
    this.view.point(dimension && typeof value === "number" ? { ...dimension, label, value, unit } : null);
  }

  // One question at a time: while Python builds, only the newest values wait. So the newest always wins.
  #next() {
    if (this.asked) return;
    clearTimeout(this.timers.settle);
    if (Object.keys(this.wanted).length) {
      this.#ask("want", { values: this.wanted });
      this.wanted = {};
    } else if (!this.state?.exact && !this.state?.message) this.timers.settle = setTimeout(() => { if (!this.asked) this.#ask("settle", {}); }, SETTLE_MS);
  }

  #ask(kind, rest) {
    this.asked = `${this.id}:${++this.number}`;
    this.askedAt = performance.now();
    this.timers.silent = setTimeout(() => this.#silent(), SILENT_MS);
    this.send({ kind, number: this.asked, ...rest });
  }

  #heard() {
    this.asked = null;
    this.latency = performance.now() - this.askedAt;
    clearTimeout(this.timers.silent);
  }

  #silent() {
    this.asked = null;
    this.card.hidden = false;
    this.card.replaceChildren(make("b", {}, `→ ${WORDS.silent}`));
  }

  #press(kind) {
    this.send({ kind, values: this.wanted });
    this.wanted = {};
  }

  #tell({ message, findings }) {
    this.card.hidden = !message && !findings.length;
    const parts = [];
    if (message) {
      parts.push(make("b", {}, `→ ${WORDS.notYet}`), make("span", {}, message));
      parts.push(make("span", {}, make("button", { type: "button", onclick: () => this.send({ kind: "back" }) }, WORDS.back)));
    } else if (findings.length) {
      parts.push(make("b", {}, `→ ${WORDS.look}`), make("ol", {}, ...findings.map((one) => make("li", {}, one.message))));
    }
    if (this.told !== JSON.stringify([message, findings])) this.card.replaceChildren(...parts);
    this.told = JSON.stringify([message, findings]);
  }
}
