// The row of buttons above the board: run, stop, from the start, speed, and the clock with a sentence for everybody.
import { make } from "./elements.js";
import { WORDS, seconds } from "./board-words.js";

const SPEEDS = [1, 2, 5];
const GO = { playing: ["⏸", "pause"], paused: ["▶", "resume"], used: ["▶", "more"], done: ["▶", "again"], broken: ["▶", "again"], idle: ["▶", "start"] };
let bars = 0;

export class Controls {
  // `heading` takes the board's name; `does` has go, stop, again, forget and speed(n).
  constructor(heading, does) {
    const button = (sign, word, does, kind) => make("button", { type: "button", class: kind, onclick: does }, make("span", { "aria-hidden": "true" }, `${sign} `), word);
    this.go = button("▶", WORDS.start, does.go, "bw-go");
    this.stop = button("⏹", WORDS.stop, does.stop);
    this.again = button("⏮", WORDS.again, does.again);
    this.forget = button("↺", WORDS.forget, does.forget);
    this.clockFace = make("span", { class: "bw-clock" });
    this.line = make("p", { class: "bw-say", role: "status" });
    this.heading = heading;
    const name = `bw-speed-${++bars}`;
    const speeds = SPEEDS.map((speed) => make("label", { class: "bw-pick" }, make("input", { type: "radio", name, value: speed, checked: speed === 1, onchange: () => does.speed(speed) }), make("span", {}, `${speed}×`)));
    this.extra = make("span", { class: "bw-bar" });
    this.element = make("div", { class: "bw-top" }, make("div", { class: "bw-bar" }, this.heading, this.extra, this.clockFace), make("div", { class: "bw-bar" }, this.go, this.stop, this.again, make("fieldset", {}, make("legend", {}, WORDS.speed), ...speeds), this.forget), this.line);
    this.say(WORDS.idle);
  }

  show(state, { own, most }) {
    const [sign, word] = GO[state === "used" && most ? "done" : state] || GO.paused;
    if (this.go.dataset.word !== word) {
      this.go.dataset.word = word;
      this.go.firstChild.textContent = `${sign} `;
      this.go.lastChild.textContent = WORDS[word];
    }
    this.stop.disabled = state === "idle";
    this.again.disabled = state === "idle";
    this.again.hidden = word === "again";
    this.forget.hidden = !own;
  }

  clock(us, endUs) {
    const face = `${seconds(us)} von ${seconds(endUs)}`;
    if (this.clockFace.textContent !== face) this.clockFace.textContent = face;
  }

  say(words) {
    if (this.line.textContent !== words) this.line.textContent = words;
  }
}
