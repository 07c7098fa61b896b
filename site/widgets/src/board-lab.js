// The board's panel in a notebook: questions go to Python as messages, each is answered by a message with its number.
import { BoardPanel } from "./board.js";
import { WORDS } from "./board-words.js";

const SILENT_MS = 12_000;

function render({ model, el }) {
  // The notebook has keys of its own (R, D D …); here they belong to the child's board.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("keydown", (event) => event.stopPropagation());
  const host = el.appendChild(document.createElement("div"));
  const waiting = new Map();
  const id = Math.random().toString(36).slice(2); // several views of one panel hear all answers
  let number = 0;
  const ask = (kind, rest) => new Promise((resolve, reject) => {
    const key = `${id}:${++number}`;
    const timer = setTimeout(() => {
      waiting.delete(key);
      reject(new Error(WORDS.noAnswer));
    }, SILENT_MS + 1000 * (rest.patience || 0));
    waiting.set(key, { resolve, reject, timer });
    model.send({ kind, number: key, ...rest });
  });
  const hear = (answer) => {
    const asked = waiting.get(answer.number);
    if (!asked) return;
    waiting.delete(answer.number);
    clearTimeout(asked.timer);
    if (answer.problem) asked.reject(new Error(answer.problem));
    else asked.resolve(answer.result);
  };
  model.on("msg:custom", hear);
  const fresh = model.get("fresh");
  const panel = new BoardPanel(host, model.get("description"), (inputs, seconds) => ask("run", { inputs, seconds }), {
    result: model.get("result"), autoplay: fresh, real: model.get("real"), runReal: (port, seconds) => ask("real", { port, seconds, patience: seconds }),
  });
  if (fresh) model.send({ kind: "seen" });
  host.makerwagen = panel;
  return () => {
    model.off("msg:custom", hear);
    for (const { timer } of waiting.values()) clearTimeout(timer);
    panel.dispose();
  };
}

export default { render };
