// One field per parameter: slider, text, choice or tick; each tells its new value to `changed(name, value)`.
import { make } from "./elements.js";
import { WORDS, german } from "./phrases.js";

const FEW = 6;
let made = 0;

export function makeField(parameter, changed) {
  const id = `mw-${++made}`;
  const field = KINDS[parameter.type](parameter, id, (value) => changed(parameter.name, value));
  const help = parameter.help ? helpFor(parameter, id) : [null, null];
  const head = field.plain ? null : make("div", { class: "mw-head" }, field.title, make("span", { class: "mw-row" }, field.readout, help[0]));
  const element = make("div", { class: "mw-field", "data-name": parameter.name }, head, field.control, field.plain ? help[0] : null, help[1]);
  return { element, parameter, set: field.set, get: field.get, focusOn: (react) => element.addEventListener("focusin", react) };
}

const KINDS = { number: slider, integer: slider, text: line, choice: choice, boolean: tick };

function digitsOf(step) {
  return (String(step).split(".")[1] || "").length;
}

function slider(parameter, id, changed) {
  const step = parameter.step || 1, low = parameter.min ?? 0, high = parameter.max ?? 100, digits = digitsOf(step);
  const words = (value) => `${german(value, Math.max(digits, 1))} ${parameter.unit || ""}`.trim();
  const readout = make("output", { class: "mw-value", for: id });
  const input = make("input", { type: "range", id, min: low, max: high, step });
  const show = () => {
    readout.textContent = words(Number(input.value));
    input.setAttribute("aria-valuetext", readout.textContent);
  };
  const moved = (value) => {
    input.value = String(value);
    show();
    changed(Number(input.value));
  };
  input.addEventListener("input", () => moved(input.value));
  const by = (sign, name, count) => make("button", {
    type: "button", tabindex: "-1", "aria-label": `${parameter.label}: ${name}`, onclick: () => moved(Number((Number(input.value) + count * step).toFixed(digits + 2))),
  }, sign);
  return {
    title: make("label", { for: id }, parameter.label), readout,
    control: make("div", { class: "mw-slide" }, by("−", WORDS.less, -1), input, by("+", WORDS.more, 1)),
    set: (value) => { input.value = String(value); show(); }, get: () => Number(input.value),
  };
}

function line(parameter, id, changed) {
  const input = make("input", { type: "text", id, autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-count` });
  const counter = make("span", { class: "mw-value", id: `${id}-count` });
  const count = () => {
    const now = [...input.value.normalize("NFC").trim()].length;
    counter.textContent = parameter.max_length ? WORDS.letters(now, parameter.max_length) : "";
    counter.classList.toggle("mw-wrong", Boolean(parameter.max_length && now > parameter.max_length));
  };
  input.addEventListener("input", () => { count(); changed(input.value); });
  return {
    title: make("label", { for: id }, parameter.label), readout: counter, control: input,
    set: (value) => { if (input.value.trim() !== value) input.value = value; count(); }, get: () => input.value,
  };
}

function choice(parameter, id, changed) {
  const title = make("span", { class: "mw-name", id }, parameter.label);
  if (parameter.choices.length > FEW) {
    const select = make("select", { "aria-labelledby": id }, ...parameter.choices.map(([value, label]) => make("option", { value }, label)));
    select.addEventListener("change", () => changed(select.value));
    return { title, readout: null, control: select, set: (value) => { select.value = value; }, get: () => select.value };
  }
  const options = parameter.choices.map(([value, label]) => {
    const input = make("input", { type: "radio", name: id, value });
    input.addEventListener("change", () => changed(value));
    return { input, element: make("label", {}, input, label) };
  });
  return {
    title, readout: null, control: make("div", { class: "mw-choices", role: "radiogroup", "aria-labelledby": id }, ...options.map((one) => one.element)),
    set: (value) => { for (const { input } of options) input.checked = input.value === value; },
    get: () => options.find(({ input }) => input.checked)?.input.value,
  };
}

function tick(parameter, id, changed) {
  const input = make("input", { type: "checkbox", id });
  input.addEventListener("change", () => changed(input.checked));
  return {
    plain: true, control: make("label", { class: "mw-tick", for: id }, input, make("span", { class: "mw-name" }, parameter.label)),
    set: (value) => { input.checked = Boolean(value); }, get: () => input.checked,
  };
}

function helpFor(parameter, id) {
  const text = make("p", { class: "mw-small", id: `${id}-help`, hidden: true }, parameter.help);
  const button = make("button", { type: "button", class: "mw-help", "aria-expanded": "false", "aria-controls": `${id}-help`, "aria-label": `${WORDS.help} ${parameter.label}` }, "?");
  button.addEventListener("click", () => {
    text.hidden = !text.hidden;
    button.setAttribute("aria-expanded", String(!text.hidden));
  });
  return [button, text];
}
