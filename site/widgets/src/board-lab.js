// The board's panel in a notebook: questions go to Python as messages, each is answered by a message with its number.
import { BoardPanel } from "./board.js";
import { TilesPanel } from "./board-tiles.js";
import { WORDS } from "./board-words.js";

const SILENT_MS = 12_000;
// What the cell shows besides is for a notebook without its kernel: here the panel shows it all.
const ALONE = new CSSStyleSheet();
ALONE.replaceSync(".jp-OutputArea-child:has(.bw-host) ~ .jp-OutputArea-child { display: none; }");

function render({ model, el }) {
  // The notebook has keys of its own (R, D D …); here they belong to the child's board.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("keydown", (event) => event.stopPropagation());
  const host = el.appendChild(document.createElement("div"));
  host.className = "bw-host";
  if (!document.adoptedStyleSheets.includes(ALONE)) document.adoptedStyleSheets.push(ALONE);
  const waiting = new Map();
  const id = Math.random().toString(36).slice(2); // several views of one panel hear all answers
  let number = 0;
  const ask = (kind, rest, heard) => new Promise((resolve, reject) => {
    const key = `${id}:${++number}`;
    const timer = setTimeout(() => {
      waiting.delete(key);
      reject(new Error(WORDS.noAnswer));
    }, SILENT_MS + 1000 * (kind === "real" ? rest.seconds : 0));
    waiting.set(key, { resolve, reject, timer, heard });
    model.send({ kind, number: key, ...rest });
  });
  const hear = (answer) => {
    const asked = waiting.get(answer.number);
    if (!asked) return;
    if (answer.heard) return void asked.heard?.(answer.text, answer.met);
    waiting.delete(answer.number);
    clearTimeout(asked.timer);
    if (answer.problem) asked.reject(new Error(answer.problem));
    else asked.resolve(answer.result);
  };
  model.on("msg:custom", hear);
  const fresh = model.get("fresh"), description = model.get("description");
  const linkOf = ({ port, name }) => ({ name, run: (heard) => ask("real", { port, seconds: description.seconds }, heard), stop: () => model.send({ kind: "stop" }) });
  const real = { boards: model.get("real").map(linkOf), find: async () => (await ask("boards", {})).map(linkOf) };
  const tiles = model.get("tiles"), run = (inputs, seconds) => ask("run", { inputs, seconds });
  const place = (where, more) => new BoardPanel(where, description, run, { result: model.get("result"), autoplay: fresh, real, ...more });
  const panel = tiles ? new TilesPanel(host, tiles, (steps) => ask("steps", { steps }), (where, more) => place(where, { ...more, compact: true })) : place(host, {});
  if (fresh) model.send({ kind: "seen" });
  host.makerwagen = panel;
  const later = () => panel.notice?.(model.get("later"));
  model.on("change:later", later);
  later();
  return () => {
    model.off("msg:custom", hear);
    model.off("change:later", later);
    for (const { timer } of waiting.values()) clearTimeout(timer);
    panel.dispose();
  };
}

export default { render };
