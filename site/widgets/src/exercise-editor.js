// The program's editor: a plain text field, so that every browser's, phone's and screen reader's own ways work in it.
// Beside it line numbers; Enter keeps the indentation, Tab indents, and Escape lets Tab leave the field again.
import { make } from "./elements.js";
import { WORDS } from "./exercise-words.js";

const STEP = "    ";

export class Editor {
  constructor(text, changed) {
    this.changed = changed;
    this.numbers = make("div", { class: "ex-numbers", "aria-hidden": "true" });
    this.field = make("textarea", {
      class: "ex-field", id: "ex-program", spellcheck: "false", autocapitalize: "off", autocomplete: "off", autocorrect: "off",
      translate: "no", wrap: "off", "aria-describedby": "ex-keys", oninput: () => this.#show(), onkeydown: (event) => this.#key(event),
      onscroll: () => { this.numbers.scrollTop = this.field.scrollTop; }, onblur: () => { this.free = false; },
    });
    // A text field prints only what fits in it, if that.
    this.paper = make("pre", { class: "ex-paper", "aria-hidden": "true" });
    this.element = make("div", {}, make("div", { class: "ex-editor" }, this.numbers, this.field), this.paper);
    this.text = text;
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    this.field.value = text;
    this.#show();
  }

  // Point at a line; 0 points at none.
  mark(line) {
    this.marked = line;
    this.#number();
  }

  #show() {
    this.marked = 0;
    this.#number();
    this.changed?.(this.text);
  }

  #number() {
    const count = this.text.split("\n").length;
    this.field.rows = Math.min(Math.max(count + 1, 8), 26);
    const rows = Array.from({ length: count }, (_, at) => make("span", { class: at + 1 === this.marked ? "ex-here" : false }, String(at + 1)));
    this.numbers.replaceChildren(...rows);
    this.paper.textContent = this.text;
    this.numbers.scrollTop = this.field.scrollTop;
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { free } = this;
    this.free = event.key === "Escape" || (free && event.key === "Shift");
    if (event.key === "Tab" && !free) this.#indent(event, event.shiftKey);
    else if (event.key === "Enter" && !event.shiftKey) this.#newLine(event);
    else if (event.key === "Backspace") this.#back(event);
  }

  #row(at) {
    const start = this.text.lastIndexOf("\n", at - 1) + 1;
    return { start, before: this.text.slice(start, at) };
  }

  #newLine(event) {
    const { before } = this.#row(this.field.selectionStart);
    const indent = before.match(/^ */)[0] + (/:\s*(#.*)?$/.test(before) ? STEP : "");
    event.preventDefault();
    this.#type(`\n${indent}`);
  }

  #back(event) {
    const at = this.field.selectionStart;
    const { before } = this.#row(at);
    if (at !== this.field.selectionEnd || !before || before.trim() || before.length % STEP.length) return;
    event.preventDefault();
    this.field.setSelectionRange(at - STEP.length, at);
    this.#type("");
  }

  #indent(event, outwards) {
    event.preventDefault();
    const { selectionStart: from, selectionEnd: to } = this.field;
    if (from === to && !outwards) return this.#type(STEP);
    const { start } = this.#row(from);
    const end = this.text.indexOf("\n", Math.max(to - 1, from));
    const rows = this.text.slice(start, end < 0 ? undefined : end);
    const moved = rows.replace(/^.*$/gm, (row) => (outwards ? row.replace(/^ {1,4}/, "") : row && STEP + row));
    if (moved === rows) return;
    this.field.setSelectionRange(start, start + rows.length);
    this.#type(moved);
    this.field.setSelectionRange(from === to ? Math.max(start, from + moved.length - rows.length) : start, from === to ? Math.max(start, from + moved.length - rows.length) : start + moved.length);
  }

  // As if typed, so that the browser's own undo knows it.
  #type(text) {
    const { selectionStart, selectionEnd } = this.field;
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (done) return;
    this.field.setRangeText(text, selectionStart, selectionEnd, "end");
    this.#show();
  }
}
