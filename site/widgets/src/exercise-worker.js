// A MicroPython that can be killed: runs one learner's program on the simulated board, or answers questions to the judge.
//
//   in   {kind: "open", files: {path: text}, tight}   put the modules there; `tight` limits memory: for programs
//        {kind: "run", config}                        run the program in config; -> "lines" again and again, then "done"
//        {kind: "ask", question, values}              judge, schedule, most_runs, explain or noted; -> "answer"
//   out  {kind: "ready"} {kind: "lines", lines} {kind: "hungry"} {kind: "done"} {kind: "answer", value} {kind: "broken", message}
import { loadMicroPython } from "./micropython.js";

const HOME = "/board", HEAP = 1 << 22, STACK = 1 << 16, PAGE = 1 << 16, MOST_MEMORY = 100e6, FLUSH_MS = 20;
// What a page's program has no business with, though this port could reach it.
const AWAY = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "indexedDB", "caches", "Worker", "BroadcastChannel"];
const START = `
import sys
sys.path[:] = ["${HOME}", ".frozen", "${HOME}/lib"]
`;
// In a function, so that the program finds none of it in __main__.
const RUN = `
def start():
    import json, learner, page_hand
    del sys.modules["page_hand"], globals()["start"]
    learner.start(json.loads(page_hand.config), page_hand.line)
start()
`;
const ANSWER = `
import json, page_hand
from portable import explain, judge, notes

def explained(kind, text, line, source):
    line, message = explain.explain(kind, text, line, source)
    return {"line": line, "message": message, "technical": explain.technical(kind, text)}

def noted(found):
    return [[pin, notes.NOTES.get(word, word)] for pin, word in found]

def answer(question, values):
    ways = {"judge": judge.judge, "schedule": judge.schedule, "most_runs": judge.most_runs, "explain": explained, "noted": noted}
    return json.dumps(ways[question](*json.loads(values)))

page_hand.answer = answer
`;

let python, hand, lines = [], flushed = 0;

const flush = () => {
  if (lines.length) postMessage({ kind: "lines", lines });
  lines = [];
  flushed = performance.now();
};

async function open({ files, tight }) {
  if (tight) limitMemory();
  python = await loadMicroPython({ heapsize: HEAP, pystack: STACK, stdout: () => {}, stderr: () => {} });
  for (const [path, text] of Object.entries(files)) {
    const parts = `${HOME}/${path}`.split("/");
    for (let depth = 2; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join("/");
      if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
    }
    python.FS.writeFile(parts.join("/"), text);
  }
  python.runPython(START);
  for (const name of AWAY) Object.defineProperty(globalThis, name, { value: undefined });
}

// This port frees nothing while a program runs, it takes more and more memory instead. So there is a limit far above what
// any exercise needs; beyond it the program gets MemoryError, as on a board.
function limitMemory() {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE > MOST_MEMORY) {
      postMessage({ kind: "hungry" });
      throw new RangeError("no more memory for this program");
    }
    return grow.call(this, pages);
  };
  // The port complains of each refusal in the console; the program's MemoryError says it all.
  const complain = console.error.bind(console);
  console.error = (...words) => (/grow/i.test(String(words[0])) ? undefined : complain(...words));
}

function run(config) {
  hand = {
    config: JSON.stringify(config),
    line: (text) => {
      lines.push(text);
      if (performance.now() - flushed > FLUSH_MS) flush();
    },
  };
  flushed = performance.now();
  python.registerJsModule("page_hand", hand);
  python.runPython(RUN);
  flush();
  postMessage({ kind: "done" });
}

function ask(question, values) {
  if (!hand) {
    hand = {};
    python.registerJsModule("page_hand", hand);
    python.runPython(ANSWER);
  }
  postMessage({ kind: "answer", value: JSON.parse(hand.answer(question, JSON.stringify(values))) });
}

const WAYS = {
  open: async (order) => { await open(order); postMessage({ kind: "ready" }); },
  run: ({ config }) => run(config),
  ask: ({ question, values }) => ask(question, values),
};

globalThis.onmessage = async ({ data }) => {
  try {
    await WAYS[data.kind](data);
  } catch (error) {
    flush();
    postMessage({ kind: "broken", message: String(error?.message || error) });
  }
};
