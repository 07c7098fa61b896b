// Runs in the lab's page: moves the fields of one panel as a child does and says how long each new picture took.
async (todo) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const panel = [...document.querySelectorAll(".jp-OutputArea-output div")].map((one) => one.makerwagen).filter(Boolean)[todo.panel];
  // The times themselves come from the panel, since this loop only looks once per frame.
  let answeredAt = 0, drawnAt = 0;
  const show = panel.show;
  panel.show = function (...shown) { answeredAt = performance.now(); show.apply(this, shown); };
  new MutationObserver(() => { drawnAt = performance.now(); }).observe(panel.view.frame, { attributeFilter: ["data-drawn"] });
  const drawn = () => Number(panel.view.frame.dataset.drawn || 0);
  const until = async (what, seconds) => {
    const end = performance.now() + 1000 * seconds;
    while (!what()) {
      if (performance.now() > end) return false;
      await frame();
    }
    return true;
  };
  const idle = () => !panel.asked && !Object.keys(panel.wanted).length && !panel.view.asked;
  const settled = () => idle() && (panel.state.exact || panel.state.message);

  // The same events as from mouse, finger or keyboard.
  const move = (name, value) => {
    const inputs = [...panel.fields.find((field) => field.parameter.name === name).element.querySelectorAll("input:not([type=button]), select")];
    if (inputs[0].type === "radio") return inputs.find((one) => one.value === value)?.click();
    if (inputs[0].type === "checkbox") return inputs[0].click();
    inputs[0].value = String(value);
    inputs[0].dispatchEvent(new Event(inputs[0].tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  };

  const previews = [], python = [], drawing = [], exacts = [], slowest = {};
  let refused = 0;
  await until(settled, 20);
  for (const [number, [name, value]] of todo.moves.entries()) {
    if (previews.length >= todo.count) break;
    const before = drawn(), start = performance.now();
    move(name, value);
    const asked = panel.asked; // at once: the answer may come before the next frame
    await frame();
    if (!asked) continue; // the value was there already
    await until(() => panel.asked !== asked, 15);
    const answered = answeredAt;
    if (panel.state.message) {
      refused += 1;
      panel.send({ kind: "back" });
      await until(() => !panel.state.message, 10);
      await until(idle, 5);
      continue;
    }
    await until(() => drawnAt > answered && drawn() > before, 5);
    const took = drawnAt - start;
    previews.push(took);
    python.push(panel.state.took_ms);
    drawing.push(drawnAt - answered);
    if (took > (slowest.ms || 0)) Object.assign(slowest, { ms: took, name, value: String(value), python: panel.state.took_ms });
    if (number % 4 === 3) {
      const send = panel.send;
      let asked_at = 0;
      panel.send = (wish) => { if (wish.kind === "settle") asked_at = performance.now(); send(wish); };
      await until(settled, 20);
      panel.send = send;
      if (asked_at && panel.state.exact && !panel.state.message) exacts.push(performance.now() - asked_at);
      if (panel.state.message) { panel.send({ kind: "back" }); await until(() => !panel.state.message, 10); }
    }
  }
  return { previews, python, drawing, exacts, refused, slowest };
}
