// Keeps the page of readings fresh: fetches the part that changes every few seconds; without this the page is as it was loaded.
(() => {
  const EVERY_MS = 3000;
  const part = document.getElementById("mw-part");
  const state = document.getElementById("mw-state");
  if (!part || !state) return;
  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };
  say("Diese Seite frischt sich von selbst auf.");
  let failed = 0;
  async function fresh() {
    if (!document.hidden) {
      try {
        const answer = await fetch(part.dataset.from, { cache: "no-store", signal: AbortSignal.timeout(8000) });
        if (!answer.ok) throw new Error(answer.status);
        const text = await answer.text();
        // Whoever is on a link or marks some text goes on undisturbed.
        const busy = part.contains(document.activeElement) || !getSelection().isCollapsed;
        if (!busy) part.innerHTML = text;
        failed = 0;
        say("Diese Seite frischt sich von selbst auf.");
      } catch {
        failed += 1;
        if (failed > 1) say("Der Wagen antwortet gerade nicht. Was du siehst, ist nicht mehr frisch. Ich versuche es weiter.");
      }
    }
    setTimeout(fresh, EVERY_MS);
  }
  setTimeout(fresh, EVERY_MS);
})();
