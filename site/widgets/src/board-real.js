// The switch "simulated or real board", and the run on the real one: what it prints, live, and its error.
import { make } from "./elements.js";
import { errorCard } from "./board-cards.js";
import { WORDS } from "./board-words.js";

let switches = 0;

export class RealBoard {
  // `link` has run(hear) -> Promise of a result, and stop(); `chosen(real)` is told when the switch moves.
  constructor(link, chosen) {
    this.link = link;
    const name = `bw-where-${++switches}`;
    const pick = (real, word) => make("label", { class: "bw-pick" }, make("input", { type: "radio", name, checked: !real, onchange: () => { this.element.hidden = !real; chosen(real); } }), make("span", {}, word));
    this.choice = make("fieldset", {}, make("legend", { class: "bw-quiet" }, WORDS.where), pick(false, WORDS.simulated), pick(true, WORDS.real));
    this.go = make("button", { type: "button", class: "bw-go", onclick: () => (this.running ? this.link.stop() : this.#run()) }, WORDS.start);
    this.line = make("p", { class: "bw-say", role: "status" }, WORDS.idle);
    this.print = make("pre", { tabindex: "0", role: "region", "aria-label": WORDS.console });
    this.error = make("div", { role: "alert" });
    this.element = make("div", { class: "bw-main", hidden: true }, make("div", { class: "bw-bar" }, this.go), this.line, this.error, this.print);
  }

  async #run() {
    this.running = true;
    this.go.textContent = WORDS.stop;
    this.line.textContent = WORDS.realNote;
    this.print.textContent = "";
    this.error.replaceChildren();
    try {
      const { error, printed } = await this.link.run((text) => this.#hear(text));
      if (printed.length > this.print.textContent.length) this.print.textContent = printed;
      if (error) this.error.replaceChildren(errorCard(error));
      this.line.textContent = error ? WORDS.broken : WORDS.used;
    } catch (problem) {
      this.error.replaceChildren(make("div", { class: "bw-card bw-wrong" }, make("b", {}, `! ${problem.message || WORDS.noAnswer}`)));
      this.line.textContent = "";
    }
    this.running = false;
    this.go.textContent = WORDS.start;
  }

  #hear(text) {
    this.print.textContent = (this.print.textContent + text).slice(-8000);
    this.print.scrollTop = this.print.scrollHeight;
  }
}
