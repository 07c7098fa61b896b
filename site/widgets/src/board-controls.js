// What a child can press and turn: push buttons to hold, switches, knobs with their unit.
import { make } from "./elements.js";
import { drawPush, drawSensor } from "./board-draw.js";
import { pinsOf } from "./board-devices.js";
import { WORDS, german } from "./board-words.js";

const KEYS = new Set([" ", "Enter"]);
const REST_MS = 400;
let fields = 0;

// `hand` says what is done: hand.press(device, control, 1 or 0), hand.turn(device, control, value, first).
export function makeInput(device, hand) {
  const controls = device.controls?.length ? device.controls : [{ name: "pressed", label: WORDS.pressed, unit: "", min: 0, max: 1, step: 1, default: 0 }];
  if (device.kind === "button") return push(device, controls[0], hand);
  const drawing = drawSensor(device.kind);
  const made = controls.map((control) => (control.unit || control.max > 1 ? knob : toggle)(device, control, hand));
  const element = make("li", { class: "bw-part bw-broad bw-sensor", "data-device": device.id }, make("div", { class: "bw-pic" }, drawing.element), make("b", { class: "bw-name" }, device.label || device.part), make("span", { class: "bw-pin" }, pinsOf(device).join(", ")), ...made.map((one) => one.element));
  return { device, element, draw: (inputs, us) => made.forEach((one) => one.draw(inputs, us)), words: () => made.map((one) => one.words()).join(", "), release() {} };
}

function push(device, control, hand) {
  const drawing = drawPush(), state = make("span", { class: "bw-state" }, WORDS.free);
  const button = make("button", { type: "button", class: "bw-push", "aria-pressed": "false", title: WORDS.hold }, drawing.element, make("b", { class: "bw-name" }, device.label || device.part));
  const element = make("li", { class: "bw-part", "data-device": device.id }, button, make("span", { class: "bw-pin" }, pinsOf(device).join(", ")), state);
  let holds = false, shown = false;
  const show = (down) => {
    if (down === shown) return;
    shown = down;
    drawing.show(down);
    button.setAttribute("aria-pressed", String(down));
    state.textContent = down ? WORDS.pressed : WORDS.free;
    element.dataset.state = state.textContent;
  };
  const press = () => {
    if (holds) return;
    holds = true;
    show(true);
    hand.press(device.id, control.name, 1);
  };
  const release = () => {
    if (!holds) return;
    holds = false;
    show(false);
    hand.press(device.id, control.name, 0);
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId); // a finger that slips off still holds, and its end is always heard
    press();
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) button.addEventListener(end, release);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (!KEYS.has(event.key)) return;
    event.preventDefault();
    if (!event.repeat) press();
  });
  button.addEventListener("keyup", (event) => {
    if (!KEYS.has(event.key)) return;
    event.preventDefault(); // else some browsers click once more
    release();
  });
  // A screen reader's click has neither finger nor key: a tap.
  button.addEventListener("click", (event) => {
    if (event.detail !== 0 || holds) return;
    press();
    setTimeout(release, 300);
  });
  return { device, element, release, words: () => state.textContent, draw: (inputs, us) => show(holds || Boolean(inputs.at(us, device.id, control.name, control.default || 0))) };
}

function toggle(device, control, hand) {
  const box = make("input", { type: "checkbox", id: `bw-${++fields}`, onchange: () => hand.press(device.id, control.name, box.checked ? 1 : 0) });
  return {
    element: make("label", { class: "bw-switch", for: box.id }, box, control.label),
    words: () => `${control.label}: ${box.checked ? WORDS.on : WORDS.off}`,
    draw(inputs, us) { box.checked = Boolean(inputs.at(us, device.id, control.name, control.default || 0)); },
  };
}

function knob(device, control, hand) {
  const digits = control.step < 1 ? 1 : 0, unit = control.unit ? ` ${control.unit}` : "";
  const said = (value) => `${german(value, digits)}${unit}`;
  const value = make("output", { class: "bw-value" });
  const slider = make("input", { type: "range", id: `bw-${++fields}`, min: control.min, max: control.max, step: control.step });
  let turning = false, turnedAt = -Infinity;
  const show = (now) => {
    slider.value = now;
    value.textContent = said(Number(now));
    slider.setAttribute("aria-valuetext", said(Number(now)));
  };
  slider.addEventListener("input", () => {
    show(slider.value);
    // By keys each step ends with a "change": it is the pause that makes a new turn.
    const now = performance.now();
    hand.turn(device.id, control.name, Number(slider.value), now - turnedAt > REST_MS);
    turnedAt = now;
    turning = true;
  });
  slider.addEventListener("change", () => { turning = false; });
  show(control.default);
  return {
    element: make("div", { class: "bw-knob" }, make("label", { for: slider.id }, control.label), value, slider),
    words: () => `${control.label}: ${value.textContent}`,
    draw(inputs, us) {
      const now = inputs.at(us, device.id, control.name, control.default);
      if (!turning && Number(slider.value) !== now) show(now);
    },
  };
}
