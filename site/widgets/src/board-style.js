// How the board's panel looks: dark ink on white in light and dark surroundings, a finger's width for all there is to press.
export const CSS = `
:host { display: block; container-type: inline-size; font: 1.05rem/1.4 Andika, "Atkinson Hyperlegible", system-ui, sans-serif; color-scheme: light; }
* { box-sizing: border-box; }
.bw-panel { display: grid; gap: 12px; padding: 12px; color: #1c1c1c; background: #fff; border: 1px solid #b9c4ca; border-radius: 10px; max-width: 1100px; }
.bw-panel > * , .bw-main > * { min-width: 0; }
.bw-bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.bw-top { display: grid; gap: 8px; }
.bw-clock { font-variant-numeric: tabular-nums; white-space: nowrap; font-weight: 600; margin-left: auto; }
button { font: inherit; color: #1c1c1c; background: #fff; border: 2px solid #55656e; border-radius: 9px; min-height: 44px; min-width: 44px; padding: 4px 14px; cursor: pointer; }
button:hover { background: #e8f0f6; }
button:disabled { color: #5c5c5c; border-color: #a7b2b8; background: #f1f1f1; cursor: default; }
button[aria-pressed=true] { border-color: #0b57a4; background: #e3eef8; }
.bw-go { background: #0b57a4; border-color: #0b57a4; color: #fff; font-weight: 600; min-width: 112px; }
.bw-go:hover { background: #084684; }
.bw-look { border-color: transparent; background: none; color: #0b57a4; text-decoration: underline; padding: 4px 6px; }
.bw-look:disabled { background: none; }
:focus-visible { outline: 3px solid #0b57a4; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; gap: 4px; align-items: center; flex-wrap: wrap; }
legend { float: left; padding: 0 6px 0 0; font-size: .95rem; }
.bw-pick { position: relative; display: inline-flex; }
.bw-pick input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.bw-pick span { display: grid; place-items: center; min-height: 44px; min-width: 44px; padding: 0 10px; border: 2px solid #a7b2b8; border-radius: 9px; }
.bw-pick :checked + span { border-color: #0b57a4; background: #e3eef8; font-weight: 600; }
.bw-pick :focus-visible + span { outline: 3px solid #0b57a4; outline-offset: 2px; }
h2, h3, h4, h5 { font: inherit; font-weight: 600; margin: 0 0 6px; }
.bw-top h2, .bw-top h3, .bw-top h4 { font-size: 1.1rem; font-weight: bold; margin: 0; }
.bw-main { display: grid; gap: 12px; }
@container (min-width: 760px) { .bw-main.bw-both { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
@container (min-width: 760px) { .bw-main.bw-halves { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; } }
.bw-panel > :empty { margin-bottom: -12px; }
.bw-panel.bw-compact { border: 0; padding: 0; }
.bw-compact fieldset { display: none; }
.bw-area { padding: 8px 10px 10px; border: 1px solid #cfd8dc; border-radius: 9px; background: #f4f7f8; }
ul.bw-parts { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; }
.bw-part { display: grid; justify-items: center; align-content: start; gap: 1px; width: fit-content; min-width: 122px; max-width: 190px; padding: 6px; background: #fff; border: 1px solid #cfd8dc; border-radius: 9px; text-align: center; overflow-wrap: anywhere; }
.bw-part.bw-broad { width: 262px; max-width: 100%; }
@container (max-width: 440px) { .bw-part { width: calc(50% - 4px); min-width: 0; } .bw-part.bw-broad { width: 100%; } .bw-bar { gap: 6px; } .bw-bar button { padding: 4px 9px; } .bw-go { min-width: 100px; } }
.bw-pic svg { width: 74px; height: 72px; display: block; }
.bw-pic.bw-wide { width: 100%; }
.bw-pic.bw-wide svg, .bw-pic canvas { width: 100%; height: auto; display: block; }
.bw-pic canvas { image-rendering: pixelated; border: 6px solid #12161a; border-radius: 6px; background: #0a1016; }
.bw-name { font-weight: 600; line-height: 1.2; }
.bw-pin { font-size: .9rem; color: #3c474d; }
.bw-state { font-weight: 600; min-height: 1.4em; font-variant-numeric: tabular-nums; }
.bw-push { display: grid; justify-items: center; width: 100%; padding: 4px; touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
.bw-push svg { width: 74px; height: 72px; }
.bw-sensor { justify-items: stretch; }
.bw-sensor .bw-pic { justify-self: center; }
.bw-knob { display: grid; grid-template-columns: 1fr auto; gap: 0 8px; text-align: left; }
.bw-knob input { grid-column: 1 / -1; width: 100%; height: 44px; margin: 0; accent-color: #0b57a4; }
.bw-value { font-variant-numeric: tabular-nums; white-space: nowrap; font-weight: 600; }
.bw-switch { display: flex; gap: 10px; align-items: center; min-height: 44px; cursor: pointer; text-align: left; }
.bw-switch input { width: 24px; height: 24px; accent-color: #0b57a4; margin: 0; }
.bw-time { position: relative; overflow: hidden; background: #fff; border: 1px solid #cfd8dc; border-radius: 6px; cursor: ew-resize; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.bw-time svg { display: block; }
.bw-time text { font-family: inherit; }
.bw-cursor { position: absolute; top: 0; left: -1.5px; width: 3px; background: #1c1c1c; pointer-events: none; }
.bw-cursor::after { content: ""; position: absolute; bottom: -8px; left: -7px; border: 8.5px solid transparent; border-top: 0; border-bottom: 12px solid #1c1c1c; }
.bw-rest { position: absolute; top: 0; right: 0; background: #ffffffb8; pointer-events: none; }
details { margin-top: 6px; }
summary { cursor: pointer; min-height: 32px; align-content: center; border-radius: 6px; }
details ul { margin: 4px 0; padding-left: 1.3em; }
.bw-steps-said { white-space: pre-line; margin: 8px 0 0; }
.bw-wired img { max-width: 100%; height: auto; display: block; background: #fff; }
pre { margin: 0; padding: 8px 10px; min-height: 3em; max-height: 13em; overflow: auto; background: #12161a; color: #f2f6f8; border-radius: 6px; font: .98rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre:focus-visible { outline-offset: -4px; outline-color: #8fc3f5; }
.bw-card { padding: .5em 1em; background: #fff; border: 2px solid #9a5b00; border-left-width: 10px; border-radius: 8px; display: grid; gap: 4px; }
.bw-card b { color: #8a5200; }
.bw-card p { margin: 0; }
.bw-card.bw-wrong { border-color: #8a1f11; }
.bw-card.bw-wrong b { color: #8a1f11; }
.bw-card.bw-good { border-color: #1b7f4b; }
.bw-card.bw-good b { color: #14633a; }
code { font: .95em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.bw-say { margin: 0; min-height: 1.4em; }
.bw-quiet { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
.bw-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 10px; }
@container (max-width: 440px) { .bw-tiles { grid-template-columns: 1fr; } }
.bw-tile { display: grid; grid-template-columns: auto 1fr; text-align: left; gap: 10px; align-items: center; min-height: 64px; padding: 4px 12px; border-width: 3px; border-radius: 14px; font-size: 1.15rem; font-weight: 600; }
.bw-tile svg { width: 40px; height: 40px; }
.bw-steps { list-style: none; counter-reset: step; margin: 0 0 8px; padding: 0; display: grid; gap: 6px; }
.bw-steps li { counter-increment: step; display: flex; gap: 6px; align-items: center; min-height: 52px; padding: 2px 8px; background: #fff; border: 2px solid #cfd8dc; border-radius: 10px; }
.bw-steps li::before { content: counter(step); min-width: 1.6em; text-align: right; color: #3c474d; font-variant-numeric: tabular-nums; }
.bw-steps li svg { width: 34px; height: 34px; }
.bw-steps li.bw-now { border-color: #1c1c1c; background: #fff3c4; }
.bw-steps li.bw-in { margin-left: 2em; border-left: 8px solid #6a3fa0; }
.bw-steps li > span { flex: 1; font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.bw-code span { display: block; min-height: 1.4em; }
.bw-code { max-height: none; }
.bw-code span.bw-now { background: #fff3c4; color: #1c1c1c; }
.bw-steps button { min-width: 44px; padding: 0 8px; }
@container (max-width: 440px) { .bw-steps li.bw-in { margin-left: 6px; } .bw-steps li { padding: 2px 4px; } .bw-steps li svg { width: 26px; flex: none; } }
@media (prefers-reduced-motion: no-preference) { .bw-state { transition: color .1s; } }
@media (forced-colors: active) { .bw-rest { background: none; border-left: 2px dashed; } .bw-cursor { background: CanvasText; } .bw-pick :checked + span { outline: 3px solid Highlight; } }
`;
