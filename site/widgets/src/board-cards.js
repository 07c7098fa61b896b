// Cards: why a program stopped, what the board noticed, and a judge's verdict.
import { make } from "./elements.js";
import { WORDS } from "./board-words.js";

export function errorCard({ line, message, technical }) {
  const said = line ? `Zeile ${line}: ${message}` : message;
  return make("div", { class: "bw-card bw-wrong" }, make("b", {}, `! ${WORDS.error}`), make("p", {}, said), technical ? make("p", {}, `${WORDS.technical} `, make("code", {}, technical)) : null);
}

// A note is [pin or line, the rest of the sentence].
export function noteCard([pin, what]) {
  return make("div", { class: "bw-card" }, make("b", {}, `→ ${WORDS.noticed}`), make("p", {}, `${pin} ${what}`));
}

export function verdictCard({ passed, line, expected, happened, hint }) {
  if (passed) return make("div", { class: "bw-card bw-good", role: "status" }, make("b", {}, `✓ ${WORDS.passed}`), make("p", {}, "Dein Programm macht alles richtig."));
  const rows = [["Erwartet", expected], ["Passiert", happened], ["Tipp", hint]].filter(([, text]) => text);
  return make("div", { class: "bw-card", role: "status" }, make("b", {}, `→ ${WORDS.notYet}${line ? ` Zeile ${line}` : ""}`), ...rows.map(([word, text]) => make("p", {}, make("b", {}, `${word}: `), text)));
}
