// The trace over time: a row per pin with bars and lines, and a cursor to drag through the run or to move by keys.
import { make } from "./elements.js";
import { svg } from "./board-draw.js";
import { isOutput, pinsOf } from "./board-devices.js";
import { WORDS, german, seconds } from "./board-words.js";

const ROW = 34, BAR = 18, TOP = 6, FOOT = 26, WIDE_LABELS = 150, NARROW_LABELS = 92;
const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300];
const INK = "#1c1c1c", GRID = "#9aa5b1";
const FILLS = { red: "#c62828", yellow: "#f4c20d", green: "#1f8f4e", blue: "#2457a6", white: "#eceff1" };
const MOST_NAMED = 8;

export class Timeline {
  // `seek(us)` is called while the cursor is moved.
  constructor(seek) {
    this.seek = seek;
    this.plot = svg("svg", { "aria-hidden": "true", focusable: "false" });
    this.rest = make("div", { class: "bw-rest" });
    this.cursor = make("div", { class: "bw-cursor" });
    this.slider = make("div", { class: "bw-time", role: "slider", tabindex: "0", "aria-label": WORDS.time, "aria-valuemin": "0", "aria-description": WORDS.keys, title: WORDS.keys });
    this.slider.append(this.plot, this.rest, this.cursor);
    this.list = make("ul");
    this.element = make("div", { class: "bw-trace" }, this.slider, make("details", {}, make("summary", {}, WORDS.traceWords), this.list));
    this.us = this.endUs = 0;
    this.#listen();
    this.watcher = new ResizeObserver(() => this.#draw());
    this.watcher.observe(this.element);
  }

  show(trace, devices, inputs, endUs) {
    this.rows = rowsOf(trace, devices, inputs, endUs);
    this.endUs = endUs;
    this.error = trace.error ? trace.errorUs : null;
    this.slider.setAttribute("aria-valuemax", (endUs / 1e6).toFixed(1));
    this.list.replaceChildren(...this.rows.map((row) => make("li", {}, inWords(row, endUs))));
    this.#draw();
  }

  move(us) {
    this.us = us;
    const x = this.#x(us);
    this.cursor.style.transform = `translateX(${x.toFixed(1)}px)`;
    this.rest.style.left = `${x.toFixed(1)}px`;
    const now = (us / 1e6).toFixed(1);
    if (this.slider.getAttribute("aria-valuenow") === now) return;
    this.slider.setAttribute("aria-valuenow", now);
    this.slider.setAttribute("aria-valuetext", seconds(us));
  }

  dispose() {
    this.watcher.disconnect();
  }

  #x(us) {
    return this.left + (this.endUs ? (us / this.endUs) * this.span : 0);
  }

  #listen() {
    const to = (event) => {
      const place = event.clientX - this.slider.getBoundingClientRect().left - this.slider.clientLeft - this.left;
      this.seek(Math.min(Math.max(place / this.span, 0), 1) * this.endUs);
    };
    this.slider.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.slider.setPointerCapture(event.pointerId);
      to(event);
    });
    this.slider.addEventListener("pointermove", (event) => this.slider.hasPointerCapture(event.pointerId) && to(event));
    this.slider.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1e5, ArrowDown: -1e5, ArrowRight: 1e5, ArrowUp: 1e5, PageDown: -1e6, PageUp: 1e6, Home: -Infinity, End: Infinity };
      if (!(event.key in steps)) return;
      event.preventDefault();
      this.seek(Math.min(Math.max(this.us + steps[event.key], 0), this.endUs));
    });
  }

  #draw() {
    const width = Math.floor(this.element.clientWidth) - 2;
    if (!this.rows || width < 50) return;
    this.left = width < 480 ? NARROW_LABELS : WIDE_LABELS;
    this.span = width - this.left - 16;
    const floor = TOP + ROW * this.rows.length, height = floor + FOOT;
    this.plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.plot.setAttribute("width", width);
    this.plot.setAttribute("height", height);
    const parts = [...this.#marks(floor)];
    this.rows.forEach((row, number) => parts.push(...this.#row(row, TOP + ROW * number)));
    if (this.error !== null) parts.push(cross(this.#x(this.error) - 9, floor - 4));
    this.plot.replaceChildren(...parts);
    this.rest.style.bottom = `${FOOT}px`;
    this.cursor.style.bottom = `${FOOT - 8}px`;
    this.move(this.us);
  }

  *#marks(floor) {
    const endS = this.endUs / 1e6, most = Math.max(2, Math.floor(this.span / 46));
    const step = STEPS_S.find((one) => endS / one <= most) || 600;
    for (let number = 0; number * step <= endS + 1e-9; number++) {
      const x = this.#x(number * step * 1e6);
      yield svg("line", { x1: x, y1: TOP, x2: x, y2: floor, stroke: GRID, "stroke-dasharray": "2 4" });
      yield text(german(number * step, 1) + (number ? "" : " s"), { x, y: floor + 17, "text-anchor": "middle" });
    }
  }

  *#row(row, top) {
    const middle = top + ROW / 2, base = middle + BAR / 2;
    yield text(fitted(row.label, this.left), { x: this.left - 8, y: middle + 5, "text-anchor": "end" });
    yield svg("line", { x1: this.left, y1: base, x2: this.left + this.span, y2: base, stroke: INK, "stroke-width": 1 });
    if (row.line) {
      yield svg("path", { d: this.#line(row, base), fill: "none", stroke: INK, "stroke-width": 2 });
      return;
    }
    // Bars that lie closer than a dot become one; a fast blinking light would be thousands.
    let before = null;
    for (const [from, to, value] of row.bars) {
      const x = this.#x(from), end = Math.max(this.#x(to), x + 1.5), high = BAR * row.height(value);
      if (before && !row.note && x - before.end < 0.7 && Math.abs(before.high - high) < 1) {
        before.end = end;
        before.bar.setAttribute("width", (end - before.x).toFixed(1));
        continue;
      }
      const bar = svg("rect", { x: x.toFixed(1), y: (base - high).toFixed(1), width: (end - x).toFixed(1), height: high.toFixed(1), fill: row.fill, stroke: INK, "stroke-width": 1.2, "stroke-dasharray": row.held ? "4 2" : null });
      before = { x, end, high, bar };
      yield bar;
      const note = row.note?.(value);
      if (note && end - x > 7 * note.length) yield text(note, { x: x + 3, y: base - 4, "font-size": 12 });
    }
  }

  #line(row, base) {
    const y = (value) => (base - (BAR * (value - row.min)) / (row.max - row.min || 1)).toFixed(1);
    let d = "", last = null;
    for (const [us, value] of row.line) {
      const x = this.#x(us).toFixed(1);
      d += last === null ? `M${x} ${y(value)}` : `H${x}V${y(value)}`;
      last = value;
    }
    return `${d}H${this.#x(this.endUs).toFixed(1)}`;
  }
}

function text(words, given) {
  const made = svg("text", { fill: INK, "font-size": 14, ...given });
  made.textContent = words;
  return made;
}

function cross(x, y) {
  return svg("path", { d: `M${x - 6} ${y - 12}l12 12m0 -12l-12 12`, stroke: "#b3261e", "stroke-width": 3.5, "stroke-linecap": "round" });
}

const fitted = (label, room) => (label.length * 8 > room - 8 ? `${label.slice(0, Math.floor((room - 20) / 8))}…` : label);

// Rows in the order of the wiring, then every other pin that the program moved.
function rowsOf(trace, devices, inputs, endUs) {
  const rows = [], known = new Set();
  for (const device of devices) {
    for (const pin of pinsOf(device)) known.add(pin);
    rows.push(...(isOutput(device) ? outputRows(trace, device, endUs) : inputRows(trace, device, inputs, endUs)));
  }
  for (const key of trace.series.keys()) {
    const [kind, pin] = key.split(":");
    if ((kind === "light" || kind === "held") && !known.has(pin)) {
      known.add(pin);
      rows.push(bars(trace, `${kind}:${pin}`, pin, { endUs, held: kind === "held" }));
    }
  }
  return rows;
}

function bars(trace, key, label, { endUs, held = false, fill = null, word = "" }) {
  return { label, bars: trace.stretches(key, endUs), height: (value) => (value > 0 && value < 1 ? Math.max(value, 0.08) : 1), held, fill: fill || (held ? "#ffffff" : "#3b4a5a"), word: word || (held ? WORDS.pressed : WORDS.on) };
}

function outputRows(trace, device, endUs) {
  const [pin] = pinsOf(device), label = device.label || device.part;
  if (device.kind === "servo") return [line(label, trace.series.get(`angle:${device.id}`), { min: 0, max: 180, unit: "°", start: 90 })];
  if (device.kind === "neopixel") {
    const lit = (colours) => colours.filter((colour) => colour.some((part) => part > 0)).length / (device.count || 1);
    const made = bars(trace, `pixels:${device.id}`, label, { endUs });
    made.bars = made.bars.map(([from, to, colours]) => [from, to, lit(colours)]).filter((one) => one[2] > 0);
    return [made];
  }
  if (device.kind === "ssd1306") return [bars(trace, `display:${device.id}`, label, { endUs })];
  const tones = device.kind === "buzzer" ? trace.stretches(`pwm:${pin}`, endUs).filter(([, , [hz, duty]]) => hz > 0 && duty > 0 && duty < 1) : [];
  if (tones.length) return [{ ...bars(trace, "", label, { endUs, fill: "#ffffff" }), bars: tones, height: () => 1, note: ([hz]) => `${german(hz, 0)} Hz` }];
  return [bars(trace, `light:${pin}`, label, { endUs, fill: FILLS[device.colour] })];
}

function inputRows(trace, device, inputs, endUs) {
  const controls = device.controls || [], label = device.label || device.part;
  if (device.kind === "button" || controls.every((one) => !one.unit && one.max <= 1)) {
    return (controls.length ? controls : [{ name: "pressed", default: 0 }]).map((control) => ({ ...bars(trace, "", label, { endUs, held: true }), bars: pressed(inputs, device.id, control, endUs), word: control.label || WORDS.pressed }));
  }
  return controls.map((control) => {
    const mine = inputs.list.filter((one) => one[1] === device.id && one[2] === control.name && one[0] <= endUs);
    const found = { times: mine.map((one) => one[0]), values: mine.map((one) => one[3]) };
    return line(controls.length > 1 ? control.label : label, found, { min: control.min, max: control.max, unit: control.unit, start: control.default });
  });
}

function pressed(inputs, device, control, endUs) {
  const made = [];
  let since = control.default ? 0 : null;
  for (const [us, id, name, value] of inputs.list) {
    if (id !== device || name !== control.name || us > endUs) continue;
    if (value && since === null) since = us;
    else if (!value && since !== null) {
      made.push([since, us, 1]);
      since = null;
    }
  }
  if (since !== null) made.push([since, endUs, 1]);
  return made;
}

function line(label, found, { min, max, unit, start }) {
  const points = [[0, start], ...(found?.times || []).map((us, index) => [us, found.values[index]])];
  return { label, line: points, min, max, unit };
}

function inWords(row, endUs) {
  if (row.line) {
    const said = row.line.slice(0, MOST_NAMED).map(([us, value]) => `${german(value)} ${row.unit} ab ${seconds(us)}`);
    return `${row.label}: ${said.join(", ")}${row.line.length > MOST_NAMED ? " …" : ""}`;
  }
  const spans = row.bars.filter(([from], index) => from <= endUs && index < MOST_NAMED).map(([from, to, value]) => `von ${seconds(from)} bis ${seconds(to)}${row.note ? ` (${row.note(value)})` : ""}`);
  if (!spans.length) return `${row.label}: nie ${row.word}.`;
  return `${row.label}: ${row.bars.length}-mal ${row.word}, ${spans.join(", ")}${row.bars.length > MOST_NAMED ? " …" : "."}`;
}
