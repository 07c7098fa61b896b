// The card with the judge's verdict: where to look, what was expected, what happened, and hints one after the other.
import { make } from "./elements.js";
import { WORDS } from "./exercise-words.js";

export function verdictCard(verdict) {
  if (verdict.passed) return make("div", { class: "ex-card ex-good" }, make("p", { class: "ex-title" }, `✓ ${WORDS.passed}`), make("p", {}, WORDS.allRight));
  const rows = [[WORDS.expected, verdict.expected], [WORDS.happened, verdict.happened]].filter(([, text]) => text);
  const card = make("div", { class: "ex-card" },
    make("p", { class: "ex-title" }, `→ ${WORDS.notYet} ${verdict.where}`),
    ...rows.map(([word, text]) => make("p", {}, make("b", {}, `${word}: `), text)),
    verdict.technical ? make("p", { class: "ex-small" }, `${WORDS.technical} `, make("code", {}, verdict.technical)) : null);
  card.append(ladder(verdict.hints?.length ? verdict.hints : [verdict.hint]));
  return card;
}

// The first hint is there; each press on the button shows one that tells more.
function ladder(hints) {
  const list = make("div", { class: "ex-hints", "aria-live": "polite" });
  const rung = (text) => make("p", {}, make("b", {}, `${WORDS.hint}: `), text);
  let shown = 1;
  const more = make("button", { type: "button", class: "ex-button", hidden: hints.length < 2, onclick: () => {
    list.append(rung(hints[shown++]));
    more.hidden = shown >= hints.length;
  } }, WORDS.more);
  list.append(rung(hints[0]));
  return make("div", {}, list, more);
}
