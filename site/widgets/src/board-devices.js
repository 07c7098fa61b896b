// One card per wired part: its drawing, its name, its pins, and its state in words; `draw` shows a moment of a run.
import { make } from "./elements.js";
import { drawBuzzer, drawDisplay, drawLight, drawPixels, drawServo } from "./board-draw.js";
import { WORDS, colourName, german, tone } from "./board-words.js";

const OUTPUTS = new Set(["led", "buzzer", "servo", "neopixel", "ssd1306"]);
export const isOutput = (device) => OUTPUTS.has(device.kind);
export const pinsOf = (device) => Object.values(device.pins || {});

function card(device, drawing, extra = null) {
  const words = make("span", { class: "bw-state" });
  const frame = make("div", { class: drawing.wide ? "bw-pic bw-wide" : "bw-pic" }, drawing.element);
  const element = make("li", { class: drawing.wide ? "bw-part bw-broad" : "bw-part", "data-device": device.id }, frame, make("b", { class: "bw-name" }, device.label || device.part), make("span", { class: "bw-pin" }, pinsOf(device).join(", ")), words, extra);
  let said = "";
  const say = (text) => {
    if (text === said) return;
    words.textContent = said = text;
    element.dataset.state = text;
  };
  return { device, element, say, words: () => said };
}

const lightWords = (level) => (level <= 0.02 ? WORDS.off : level >= 0.98 ? WORDS.on : `${WORDS.on}, ${Math.round(100 * level)} %`);

function led(device) {
  const drawing = drawLight(device.colour), made = card(device, drawing), [pin] = pinsOf(device);
  return { ...made, draw(trace, us, beforeUs) {
    const level = trace.brightness(pin, Math.min(beforeUs, us), us);
    drawing.show(level);
    made.say(lightWords(level));
  } };
}

function buzzer(device, sound) {
  const drawing = drawBuzzer(), [pin] = pinsOf(device);
  const button = make("button", { type: "button", "aria-pressed": "false", onclick: () => {
    const on = sound.toggle(device.id);
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? WORDS.soundOff : WORDS.soundOn;
  } }, WORDS.soundOn);
  const made = card(device, drawing, button);
  return { ...made, draw(trace, us, _before, playing) {
    // An active buzzer hums by itself when its pin is on.
    const hz = trace.hertz(pin, us), hums = !hz && trace.at(`light:${pin}`, us, 0) === 1;
    drawing.show(hz > 0 || hums);
    made.say(hz > 0 ? `${german(hz, 0)} Hz (${tone(hz)})` : hums ? WORDS.on : WORDS.silent);
    sound.play(device.id, playing ? hz || (hums ? 2300 : 0) : 0);
  } };
}

function servo(device) {
  const drawing = drawServo(), made = card(device, drawing);
  return { ...made, draw(trace, us) {
    const degrees = trace.at(`angle:${device.id}`, us, null);
    drawing.show(degrees ?? 90);
    made.say(degrees === null ? WORDS.off : `${german(degrees, 0)}°`);
  } };
}

function pixels(device) {
  const strip = /streifen|strip|stripe/i.test(device.part || ""), drawing = drawPixels(device.count || 1, strip), made = card(device, drawing);
  let last;
  return { ...made, draw(trace, us) {
    const colours = trace.at(`pixels:${device.id}`, us, null);
    if (colours === last && made.words()) return;
    drawing.show((last = colours));
    const lit = (colours || []).filter((colour) => colour.some((part) => part > 0));
    const names = [...new Set(lit.map(colourName))];
    made.say(lit.length ? `${lit.length} von ${device.count} ${WORDS.on}: ${names.slice(0, 3).join(", ")}${names.length > 3 ? " …" : ""}` : WORDS.off);
  } };
}

function display(device) {
  const drawing = drawDisplay(), made = card(device, drawing);
  drawing.element.setAttribute("aria-hidden", "true");
  return { ...made, draw(trace, us) {
    const shown = trace.at(`display:${device.id}`, us, null);
    drawing.show(shown?.bits || "");
    const text = (shown?.texts || []).map((one) => one[2]).join(" · ");
    made.say(shown ? (text ? `zeigt: ${text}` : WORDS.on) : WORDS.off);
  } };
}

const CARDS = { led, buzzer, servo, neopixel: pixels, ssd1306: display };

export const makeOutput = (device, sound) => CARDS[device.kind](device, sound);
