// A strip beside a notebook's buttons: how many of its tasks are done. It reads the cards that the notebook keeps, so it is
// the same after a reopen, and knows nobody's name. Plain script in the form that JupyterLab loads extensions in.
(() => {
  const CHECK = "check", CARD = "application/vnd.makerwagen.check+json";

  const cellsOf = (notebook) => Array.from({ length: notebook.cells.length }, (_, at) => notebook.cells.get(at));
  const isTask = (cell) => cell.type === "code" && (cell.getMetadata("tags") || []).includes(CHECK);
  const isDone = (cell) => (cell.outputs?.toJSON() || []).some((output) => output.data?.[CARD]?.passed === true);

  function follow(panel) {
    const notebook = panel.content?.model;
    if (!notebook?.cells || panel.node.querySelector(":scope > .mw-progress")) return;
    const strip = document.createElement("div");
    strip.className = "mw-progress";
    strip.setAttribute("role", "status");
    const words = document.createElement("span"), marks = document.createElement("span");
    marks.className = "mw-progress-marks";
    marks.setAttribute("aria-hidden", "true");
    strip.append(words, marks);
    panel.node.append(strip);
    let due = 0;
    const count = () => {
      due = 0;
      const done = cellsOf(notebook).filter(isTask).map(isDone), passed = done.filter(Boolean).length;
      strip.hidden = !done.length;
      const all = done.length > 0 && passed === done.length;
      strip.classList.toggle("mw-progress-all", all);
      const told = all ? (passed === 1 ? "Geschafft!" : `Alle ${passed} geschafft!`) : `${passed} von ${done.length} geschafft`;
      if (words.textContent !== told) words.textContent = told; // else a screen reader says it at every key
      const shown = done.map((one) => (one ? "✓" : "○")).join(" ");
      if (marks.textContent !== shown) marks.textContent = shown;
    };
    const soon = () => { due ||= setTimeout(count, 150); };
    notebook.contentChanged.connect(soon);
    panel.disposed.connect(() => clearTimeout(due));
    count();
  }

  const plugin = {
    id: "makerwagen-progress:plugin",
    autoStart: true,
    activate: (app) => {
      const look = () => {
        const panel = app.shell.currentWidget;
        panel?.context?.ready?.then(() => follow(panel));
      };
      app.shell.currentChanged?.connect(look);
      app.restored.then(look);
    },
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["makerwagen-progress"] = { init: () => {}, get: async () => () => ({ __esModule: true, default: plugin }) };
})();
