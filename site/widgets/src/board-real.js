// The switch "simulated or real board", and the run on the real one: what it prints, live, and its error.
import { make } from "./elements.js";
import { errorCard } from "./board-cards.js";
import { WORDS } from "./board-words.js";

let switches = 0;

export class RealBoard {
  // `real` has boards, [{name, run(hear) -> Promise of a result, stop()}…], and find() -> Promise of the boards that are
  // plugged in now; hear(text, met) gets what the board prints, and once which board it is. `chosen(real)` is told when
  // the switch moves.
  constructor(real, chosen) {
    this.real = real;
    this.chosen = chosen;
    this.switch = make("span", {});
    this.look = make("button", { type: "button", class: "bw-look", onclick: () => this.#look() }, WORDS.look);
    this.found = make("span", { class: "bw-quiet", role: "status" });
    this.search = make("div", { class: "bw-bar" }, this.look, this.found);
    this.go = make("button", { type: "button", class: "bw-go", onclick: () => (this.running ? this.link.stop() : this.#run()) }, WORDS.start);
    this.line = make("p", { class: "bw-say", role: "status" }, WORDS.idle);
    this.print = make("pre", { tabindex: "0", role: "region", "aria-label": WORDS.console });
    this.error = make("div", { role: "alert" });
    this.element = make("div", { class: "bw-main", hidden: true }, make("div", { class: "bw-bar" }, this.go), this.line, this.error, this.print);
    this.#offer(real.boards);
  }

  // The names of several boards tell them apart; one alone needs none.
  #offer(boards) {
    const name = `bw-where-${++switches}`;
    const pick = (link, word) => make("label", { class: "bw-pick" }, make("input", { type: "radio", name, checked: !link, onchange: () => this.#choose(link) }), make("span", {}, word));
    const picks = boards.map((link) => pick(link, boards.length > 1 ? `${WORDS.real} (${link.name})` : WORDS.real));
    const field = make("fieldset", {}, make("legend", { class: "bw-quiet" }, WORDS.where), pick(null, WORDS.simulated), ...picks);
    this.switch.replaceChildren(...(boards.length ? [field] : []));
    this.#choose(null);
  }

  #choose(link) {
    if (this.running) this.link.stop();
    this.link = link || this.link;
    this.element.hidden = !link;
    this.chosen(Boolean(link));
  }

  async #look() {
    this.look.disabled = true;
    this.found.textContent = "";
    try {
      const boards = await this.real.find();
      this.#offer(boards);
      this.found.textContent = boards.length ? WORDS.found : WORDS.notFound;
    } catch (problem) {
      this.found.textContent = problem.message || WORDS.noAnswer;
    }
    this.look.disabled = false;
    (this.switch.querySelector(":checked") || this.look).focus();
  }

  async #run() {
    this.running = true;
    this.look.disabled = true;
    this.go.textContent = WORDS.stop;
    this.line.textContent = WORDS.thinking;
    this.print.textContent = "";
    this.error.replaceChildren();
    try {
      const { error, printed } = await this.link.run((text, met) => this.#hear(text, met));
      if (printed.length > this.print.textContent.length) this.print.textContent = printed;
      if (error) this.error.replaceChildren(errorCard(error));
      this.line.textContent = error ? WORDS.broken : WORDS.used;
    } catch (problem) {
      this.error.replaceChildren(make("div", { class: "bw-card bw-wrong" }, make("b", {}, `! ${problem.message || WORDS.noAnswer}`)));
      this.line.textContent = "";
    }
    this.running = this.look.disabled = false;
    this.go.textContent = WORDS.start;
  }

  #hear(text, met) {
    if (met) this.line.textContent = WORDS.realNote.replace("{board}", met);
    if (!text) return;
    this.print.textContent = (this.print.textContent + text).slice(-8000);
    this.print.scrollTop = this.print.scrollHeight;
  }
}
