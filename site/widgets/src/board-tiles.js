// A first program without typing: big tiles are clicked into an order; the MicroPython they make stands beside.
import { make, openRoot } from "./elements.js";
import { drawLight, drawPush, svg } from "./board-draw.js";
import { CSS } from "./board-style.js";

const WORDS = {
  palette: "Plättchen: Klick sie an", program: "Dein Programm", empty: "Noch leer. Klick oben auf ein Plättchen.", code: "So heißt es für das Board",
  undo: "Zurück", clear: "Alles weg", up: "nach oben", remove: "weg", look: "Fast!", kept: "Dein Programm von vorhin ist wieder da.",
};

export class TilesPanel {
  // told: {palette: [{key, kind, words, colour}…], steps: [key…], source, rows, message, restored}
  // choose(steps) -> Promise of told with {result}; place(host, {moved, pending}) puts a BoardPanel there and returns it.
  constructor(host, told, choose, place) {
    this.palette = new Map(told.palette.map((tile) => [tile.key, tile]));
    this.choose = choose;
    this.before = [];
    this.steps = told.steps.slice();
    this.#build(host, told.palette);
    this.board = place(this.place, { moved: (us, state) => this.#follow(us, state), pending: () => this.asking });
    this.#show(told);
    this.#list();
    if (told.restored) this.line.textContent = WORDS.kept;
  }

  dispose() {
    this.board.dispose();
  }

  #build(host, palette) {
    const root = openRoot(host, CSS);
    const tiles = palette.map((tile) => make("button", { type: "button", class: `bw-tile bw-${tile.kind}`, "data-tile": tile.key, onclick: () => this.#change([...this.steps, tile.key], `${this.steps.length + 1}. ${tile.words}`) }, icon(tile), make("span", {}, tile.words)));
    this.undo = make("button", { type: "button", onclick: () => this.#back() }, `↶ ${WORDS.undo}`);
    this.clear = make("button", { type: "button", onclick: () => this.#change([], WORDS.empty) }, `✕ ${WORDS.clear}`);
    this.line = make("p", { class: "bw-say", role: "status" });
    this.list = make("ol", { class: "bw-steps", tabindex: "-1" });
    this.card = make("div", { class: "bw-card", hidden: true });
    this.code = make("pre", { tabindex: "0", role: "region", "aria-label": WORDS.code, class: "bw-code" });
    this.place = make("div", {});
    const program = make("section", { class: "bw-area" }, make("h3", {}, WORDS.program), this.list, make("div", { class: "bw-bar" }, this.undo, this.clear), this.line);
    const beside = make("section", {}, make("h3", {}, WORDS.code), this.code);
    const left = make("div", { class: "bw-main" }, make("section", {}, make("h3", {}, WORDS.palette), make("div", { class: "bw-tiles" }, ...tiles)), program, beside);
    const right = make("div", { class: "bw-main" }, this.card, this.place);
    root.replaceChildren(make("section", { class: "bw-panel", lang: "de", "aria-label": WORDS.program }, make("div", { class: "bw-main bw-halves" }, left, right)));
  }

  #change(steps, said, { undoing = false } = {}) {
    if (!undoing) this.before.push(this.steps);
    this.steps = steps;
    this.line.textContent = said;
    this.#list();
    this.wanted = true;
    this.asking ||= this.#ask().finally(() => { this.asking = null; });
  }

  async #ask() {
    while (this.wanted) {
      this.wanted = false;
      try {
        const told = await this.choose(this.steps);
        if (this.wanted) continue;
        this.#show(told);
        this.board.replace(told.result);
      } catch (problem) {
        this.#tell(problem.message);
      }
    }
  }

  #back() {
    if (this.before.length) this.#change(this.before.pop(), WORDS.undo, { undoing: true });
  }

  #show({ source, rows, message }) {
    this.rows = rows;
    this.code.replaceChildren(...source.replace(/\n$/, "").split("\n").map((line) => make("span", {}, `${line}\n`)));
    this.#tell(message);
  }

  #tell(message) {
    this.card.hidden = !message;
    this.card.replaceChildren(...(message ? [make("b", {}, `→ ${WORDS.look}`), make("p", {}, message)] : []));
  }

  #list() {
    const repeats = this.steps.findIndex((key) => this.palette.get(key).kind === "repeat");
    const items = this.steps.map((key, index) => {
      const tile = this.palette.get(key), inside = repeats >= 0 && index > repeats;
      const button = (sign, word, steps, next) => make("button", { type: "button", "aria-label": `${tile.words} ${word}`, title: word, onclick: () => { this.#change(steps(), `${tile.words} ${word}`); this.#focus(next, word); } }, sign);
      const up = index ? button("▲", WORDS.up, () => this.steps.with(index, this.steps[index - 1]).with(index - 1, key), index - 1) : null;
      return make("li", { class: inside ? "bw-in" : null, "data-step": key }, icon(tile), make("span", {}, tile.words), up, button("✕", WORDS.remove, () => this.steps.toSpliced(index, 1), index));
    });
    this.list.replaceChildren(...(items.length ? items : [make("li", {}, make("span", {}, WORDS.empty))]));
    this.undo.disabled = !this.before.length;
    this.clear.disabled = !this.steps.length;
  }

  // The pressed button is gone with its old list: stay at the same place in the new one.
  #focus(index, word) {
    const item = this.list.children[Math.min(index, this.steps.length - 1)];
    (item?.querySelector(`button[title="${word}"]`) || item?.querySelector("button") || this.undo).focus();
  }

  // Mark the tile that waits at this moment, here and in the program; after a wait for a button nobody knows beforehand.
  #follow(us, state) {
    const now = state === "playing" || state === "paused" ? waitingAt(this.steps, (key) => this.palette.get(key), us) : -1;
    if (now === this.now) return;
    this.now = now;
    [...this.list.children].forEach((item, index) => {
      item.classList.toggle("bw-now", index === now);
      if (index === now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    [...this.code.children].forEach((line, index) => line.classList.toggle("bw-now", now >= 0 && index === this.rows[now] - 1));
  }
}

// Return which step waits at a moment, -1 for none: only waits take time.
export function waitingAt(steps, tileOf, us) {
  const tiles = steps.map(tileOf), start = tiles.findIndex((tile) => tile.kind === "repeat");
  const first = start < 0 ? tiles.length : start;
  let since = 0;
  const walk = (from, to) => {
    for (let index = from; index < to; index++) {
      if (tiles[index].kind === "press") return -2;
      since += (tiles[index].seconds || 0) * 1e6;
      if (us < since) return index;
    }
    return -1;
  };
  const found = walk(0, first);
  if (found !== -1 || start < 0) return Math.max(found, -1);
  const before = since, once = walk(start, tiles.length);
  if (once !== -1) return Math.max(once, -1);
  const round = since - before;
  if (round <= 0) return -1;
  since = before + round * Math.floor((us - before) / round);
  return Math.max(walk(start, tiles.length), -1);
}

function icon({ kind, colour }) {
  if (kind === "press") return drawPush().element;
  if (kind === "on" || kind === "off") {
    const light = drawLight(colour);
    light.show(kind === "on" ? 1 : 0);
    return light.element;
  }
  const line = { fill: "none", stroke: "#1c1c1c", "stroke-width": 5, "stroke-linecap": "round", "stroke-linejoin": "round" };
  const path = kind === "wait" ? "M40 10a29 29 0 1 0 .1 0M40 22v18l12 8" : "M16 40a24 24 0 0 1 42-16M64 38a24 24 0 0 1-42 16M60 10v16h-16M20 68v-16h16";
  return svg("svg", { viewBox: "0 0 80 78", "aria-hidden": "true", focusable: "false" }, svg("path", { ...line, d: path }));
}
