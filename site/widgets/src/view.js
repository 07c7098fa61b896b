// One part that can be turned: by hand, by keys, and in words; where 3D is missing, the line drawing.
import { make, picture } from "./elements.js";
import { drawArrow, drawMarks } from "./overlay.js";
import { WORDS, standpoint } from "./phrases.js";
import { shared } from "./stage.js";

const START = { azimuth: -20, height: 42, zoom: 1 };
const STEP_DEGREES = 15, STEP_ZOOM = 1.2, NEAREST = 8, FURTHEST = 0.35, SETTLE_MS = 350, GLIDE_MS = 160;
const KEYS = {
  ArrowLeft: (eye) => ({ azimuth: eye.azimuth - STEP_DEGREES }), ArrowRight: (eye) => ({ azimuth: eye.azimuth + STEP_DEGREES }),
  ArrowUp: (eye) => ({ height: eye.height + STEP_DEGREES }), ArrowDown: (eye) => ({ height: eye.height - STEP_DEGREES }),
  "+": (eye) => ({ zoom: eye.zoom * STEP_ZOOM }), "=": (eye) => ({ zoom: eye.zoom * STEP_ZOOM }),
  "-": (eye) => ({ zoom: eye.zoom / STEP_ZOOM }), r: () => ({ ...START }), R: () => ({ ...START }),
};

export class View {
  constructor(parent, { bed, room } = {}) {
    this.eye = { ...START };
    this.findings = [];
    this.words = "";
    this.hands = new Map();
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.frame = make("div", { class: "mw-frame", tabindex: "0", role: "application", "aria-label": WORDS.view }, this.canvas);
    this.live = make("p", { class: "mw-quiet mw-live", role: "status", "aria-live": "polite" });
    this.element = make("div", { class: "mw-view" }, this.frame, this.#tools(), this.live);
    parent.append(this.element);
    const { renderer, makeStage, views } = shared();
    this.stage = renderer ? makeStage({ bed, room }) : null;
    if (!this.stage) this.element.classList.add("mw-flat");
    this.redraw = () => this.#ask();
    views.add(this.redraw);
    this.#listen();
  }

  // Show a part: {mesh, words, drawing, findings}; words are read to those who cannot see it.
  show({ mesh, words, drawing, findings }) {
    this.findings = findings || [];
    if (words !== undefined && words !== this.words) {
      this.words = words;
      this.frame.setAttribute("aria-label", `${WORDS.view}: ${words} ${WORDS.keys}`);
      this.#announce(words);
    }
    if (!this.stage) this.#showDrawing(drawing);
    else if (mesh) {
      this.stage.setMesh(mesh);
      clearTimeout(this.resting);
      this.resting = setTimeout(() => { this.stage.addEdges(); this.#ask(); }, SETTLE_MS);
    }
    this.#ask();
  }

  // Point at the size a slider moves: {from, to, label, value, unit}, or null.
  point(dimension) {
    this.dimension = dimension;
    this.#ask();
  }

  // Draw now, not with the next frame, and return how long that took (for measuring).
  drawNow() {
    const start = performance.now();
    this.#draw();
    return performance.now() - start;
  }

  dispose() {
    shared().views.delete(this.redraw);
    this.watcher.disconnect();
    clearTimeout(this.resting);
    clearTimeout(this.saying);
    this.stage?.dispose();
    this.element.remove();
  }

  #tools() {
    const button = (sign, label, change) => make("button", { type: "button", class: "mw-tool", title: label, "aria-label": label, onclick: () => this.#turn(change) }, sign);
    return make("div", { class: "mw-tools", role: "group", "aria-label": WORDS.view },
      button("+", WORDS.closer, KEYS["+"]), button("−", WORDS.further, KEYS["-"]),
      button("⤓", WORDS.above, () => ({ azimuth: 0, height: 90 })), button("↺", WORDS.reset, KEYS.r));
  }

  #listen() {
    const { frame } = this;
    frame.addEventListener("keydown", (event) => {
      const change = !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key];
      if (!change) return;
      event.preventDefault();
      event.stopPropagation();
      this.#turn(change);
    });
    frame.addEventListener("pointerdown", (event) => {
      this.hands.set(event.pointerId, [event.clientX, event.clientY]);
      if (event.pointerType === "mouse") frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", (event) => this.#drag(event));
    for (const name of ["pointerup", "pointercancel"]) {
      frame.addEventListener(name, (event) => { if (this.hands.delete(event.pointerId)) this.#say(); });
    }
    // The wheel belongs to the page until the view was chosen.
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !frame.matches(":focus")) return;
      event.preventDefault();
      this.#look({ zoom: this.eye.zoom * Math.exp(-event.deltaY / 500) });
    }, { passive: false });
    this.watcher = new ResizeObserver(() => this.#ask());
    this.watcher.observe(frame);
  }

  #drag(event) {
    const before = this.hands.get(event.pointerId);
    if (!before) return;
    this.goal = null; // the hand is quicker than any motion of ours
    const now = [event.clientX, event.clientY];
    const others = [...this.hands].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.hands.set(event.pointerId, now);
    const { azimuth, height, zoom } = this.eye;
    const [right, down] = [now[0] - before[0], now[1] - before[1]];
    if (others.length) {
      const apart = (at) => Math.hypot(at[0] - others[0][0], at[1] - others[0][1]) || 1;
      this.#look({ zoom: (zoom * apart(now)) / apart(before), height: height + down * 0.2 });
    } else this.#look({ azimuth: azimuth - right * 0.5, height: height + down * 0.4 });
  }

  #look(change) {
    const eye = { ...this.eye, ...change };
    eye.height = Math.min(90, Math.max(-90, eye.height));
    eye.zoom = Math.min(NEAREST, Math.max(FURTHEST, eye.zoom));
    this.eye = eye;
    this.#ask();
  }

  // Turn to a new place: in one step for those who want no motion, else gliding.
  #turn(change) {
    const here = { ...this.eye }, start = this.goal || here;
    this.#look({ ...start, ...change(start) });
    const goal = { ...this.eye };
    this.goal = null;
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.#glide(here, goal);
    this.#say();
  }

  #glide(from, goal) {
    const start = performance.now();
    this.eye = from;
    this.goal = goal;
    const step = (time) => {
      if (this.goal !== goal) return;
      const share = Math.min(1, Math.max(0, (time - start) / GLIDE_MS));
      this.#look(Object.fromEntries(Object.keys(goal).map((name) => [name, share < 1 ? from[name] + (goal[name] - from[name]) * share : goal[name]])));
      if (share < 1) requestAnimationFrame(step);
      else this.goal = null;
    };
    requestAnimationFrame(step);
  }

  #say() {
    const { azimuth, height } = this.goal || this.eye;
    this.#announce(`${standpoint(azimuth, height)}. ${this.words}`);
  }

  #announce(text) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { this.live.textContent = text; }, SETTLE_MS);
  }

  #showDrawing(drawing) {
    if (!drawing) return;
    this.frame.replaceChildren(picture(drawing, this.words), make("p", { class: "mw-small" }, WORDS.drawn));
  }

  #ask() {
    if (this.asked || !this.stage) return;
    this.asked = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.asked = null;
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (!this.stage?.part || !width || !height) return;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down) Object.assign(this.canvas, { width: across, height: down });
    const context = this.canvas.getContext("2d");
    this.stage.draw(context, [width, height], ratio, this.eye);
    if (this.dimension) drawArrow(context, this.stage, this.dimension);
    drawMarks(context, this.stage, this.findings);
    this.frame.dataset.drawn = String(Number(this.frame.dataset.drawn || 0) + 1);
  }
}
