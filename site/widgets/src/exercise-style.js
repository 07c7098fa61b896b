// How editor, buttons and verdict look: the website's own colours, so that they follow its light and dark.
export const CSS = `
.md-typeset .ex-label { display: block; font-weight: 700; margin: 0 0 .3rem; }
.md-typeset .ex-editor { display: grid; grid-template-columns: auto minmax(0, 1fr); border: 2px solid var(--md-default-fg-color--light); border-radius: .4rem; overflow: hidden; background: var(--md-code-bg-color); color: var(--md-code-fg-color); font: .78rem/1.5 ui-monospace, "Liberation Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.md-typeset .ex-editor:focus-within { outline: 3px solid var(--smart-city); outline-offset: 2px; }
.md-typeset .ex-numbers { padding: .5rem .4rem .5rem .5rem; text-align: right; user-select: none; overflow: hidden; color: var(--md-default-fg-color--light); background: var(--wash); position: relative; }
.md-typeset .ex-numbers { height: 0; min-height: 100%; }
.md-typeset .ex-numbers span { display: block; }
.md-typeset .ex-numbers .ex-here { background: var(--md-default-fg-color); color: var(--md-default-bg-color); font-weight: 700; border-radius: .2rem; padding: 0 .2rem; margin: 0 -.2rem; }
.md-typeset .ex-field { font: inherit; color: inherit; background: transparent; border: 0; outline: 0 !important; padding: .5rem .6rem; width: 100%; resize: vertical; tab-size: 4; white-space: pre; overflow: auto; }
.md-typeset .ex-small { font-size: .76rem; color: var(--md-default-fg-color--light); margin: .4rem 0; }
.md-typeset .ex-bar { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0; }
.md-typeset .ex-button { font: inherit; font-size: .85rem; line-height: 1.3; min-height: 44px; display: inline-flex; align-items: center; padding: .2rem .9rem; border: 2px solid var(--md-default-fg-color); border-radius: .4rem; background: var(--card); color: var(--md-default-fg-color); cursor: pointer; text-decoration: none; }
.md-typeset .ex-button:hover { background: var(--yellow); color: var(--ink); border-color: var(--ink); }
.md-typeset .ex-button:disabled { cursor: default; color: var(--md-default-fg-color--light); border-color: var(--edge); background: transparent; }
.md-typeset .ex-main:enabled { background: var(--md-default-fg-color); color: var(--md-default-bg-color); font-weight: 700; }
.md-typeset .ex-main:enabled:hover { background: var(--yellow); color: var(--ink); }
.md-typeset .ex-status { min-height: 1.5em; margin: .2rem 0; font-weight: 700; }
.md-typeset .ex-card { margin: .6rem 0; padding: .5rem 1rem; border: 2px solid var(--cad); border-left-width: .5rem; border-radius: .4rem; background: var(--card); }
.md-typeset .ex-card p { margin: .3rem 0; }
.md-typeset .ex-good { border-color: var(--microcontroller); }
.md-typeset .ex-title { font-size: 1rem; font-weight: 700; }
.md-typeset .ex-verdict:focus { outline: none; }
.md-typeset .ex-work { min-width: 0; }
.md-typeset .ex-board { margin: 1rem 0; min-width: 0; font-size: .85rem; }
@media (min-width: 60em) {
  .md-typeset .ex-page { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.2rem; align-items: start; }
  .md-typeset .ex-board { margin: 1.5rem 0 0; }
}
.md-typeset .ex-paper { display: none; white-space: pre-wrap; }
@media print {
  .md-typeset .ex-page { display: block; }
  .md-typeset .ex-paper { display: block; break-inside: auto; }
  .md-typeset :is(.ex-editor, .ex-bar, .ex-small, .ex-status, .ex-board, .ex-card .ex-button) { display: none; }
}
.md-typeset [hidden] { display: none !important; }
`;
