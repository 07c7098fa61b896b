// The budget meter: minutes and grams of this part against the child's fair share of the day.
import { make } from "./elements.js";
import { WORDS, german } from "./phrases.js";

export class Meter {
  constructor(parent) {
    this.element = make("div", { class: "mw-meters", hidden: true });
    this.rows = {
      minutes: row(WORDS.time, WORDS.minutes, 0), grams: row(WORDS.weight, "g", 1),
    };
    this.source = make("p", { class: "mw-small" });
    this.element.append(this.rows.minutes.element, this.rows.grams.element, this.source);
    parent.append(this.element);
  }

  show({ minutes, grams, share, measured }) {
    this.element.hidden = !share;
    if (!share) return;
    this.rows.minutes.show(minutes, share.minutes);
    this.rows.grams.show(grams, share.grams);
    this.source.textContent = `${WORDS.budget} ${measured ? WORDS.measured : WORDS.guessed}`;
  }
}

function row(name, unit, digits) {
  const fill = make("div", { class: "mw-fill" });
  const words = make("span", { class: "mw-value" });
  const verdict = make("span", { class: "mw-verdict" });
  const bar = make("div", { class: "mw-bar", role: "meter", "aria-label": name, "aria-valuemin": "0" }, fill);
  const element = make("div", { class: "mw-meter" }, make("div", { class: "mw-head" }, make("span", { class: "mw-name" }, name), make("span", {}, words, " ", verdict)), bar);
  return {
    element,
    show(used, most) {
      const over = used > most;
      words.textContent = `${german(used, digits)} von ${german(most, 0)} ${unit}:`;
      verdict.textContent = over ? WORDS.tooMuch : WORDS.fits;
      element.classList.toggle("mw-over", over);
      fill.style.width = `${Math.min(100, most > 0 ? (100 * used) / most : 100)}%`;
      bar.setAttribute("aria-valuemax", String(Math.max(used, most)));
      bar.setAttribute("aria-valuenow", String(used));
      bar.setAttribute("aria-valuetext", `${words.textContent} ${verdict.textContent}`);
    },
  };
}
