// How view and panel look: dark ink on white in light and dark surroundings, fingers' width for everything to press.
export const CSS = `
:host { display: block; container-type: inline-size; font: 1.05rem/1.4 Andika, "Atkinson Hyperlegible", system-ui, sans-serif; }
* { box-sizing: border-box; }
.mw-panel, .mw-view { color: #1c1c1c; }
.mw-panel { display: grid; gap: 14px; padding: 12px; background: #fff; border: 1px solid #b9c4ca; border-radius: 10px; }
.mw-left, .mw-right { display: grid; gap: 12px; align-content: start; min-width: 0; }
/* The sliders scroll beside (or below) the view, so that the part stays in sight while any of them moves. */
.mw-left { overflow-y: auto; padding: 2px 6px 6px 2px; overscroll-behavior: contain; }
@container (min-width: 700px) { .mw-panel { grid-template-columns: minmax(290px, 380px) minmax(0, 1fr); } .mw-left { max-height: max(480px, min(82vh, 760px)); } }
@container (max-width: 699px) { .mw-right { order: -1; } .mw-left { max-height: 55vh; border-top: 2px solid #cfd8dc; } }
.mw-view { position: relative; border: 1px solid #b9c4ca; border-radius: 10px; background: #f4f7f8; min-width: 0; }
.mw-frame { width: 100%; height: clamp(230px, 62cqi, 420px); border-radius: 9px; overflow: hidden; touch-action: pan-y; cursor: grab; outline-offset: 2px; }
.mw-flat .mw-frame { height: auto; padding: 8px; touch-action: auto; cursor: auto; }
.mw-flat .mw-tools { display: none; }
.mw-frame:active { cursor: grabbing; }
.mw-frame canvas { width: 100%; height: 100%; display: block; }
.mw-drawing { max-width: 100%; height: auto; display: block; margin: 0 auto; }
.mw-tools { position: absolute; top: 6px; right: 6px; display: grid; gap: 6px; }
@container (max-width: 479px) { .mw-tools { position: static; grid-auto-flow: column; justify-content: center; padding: 6px; } }
button { font: inherit; color: #1c1c1c; background: #fff; border: 2px solid #55656e; border-radius: 9px; min-height: 44px; padding: 4px 14px; cursor: pointer; }
button:hover { background: #e8f0f6; }
button:disabled { color: #5c5c5c; border-color: #a7b2b8; background: #f1f1f1; cursor: default; }
.mw-tool { width: 44px; padding: 0; font-size: 1.3rem; line-height: 1; background: #ffffffd9; }
:focus-visible { outline: 3px solid #0b57a4; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
fieldset { border: 1px solid #cfd8dc; border-radius: 9px; padding: 4px 12px 10px; margin: 0; min-width: 0; display: grid; gap: 10px; }
legend { font-weight: bold; padding: 0 6px; }
.mw-field { display: grid; gap: 2px; min-width: 0; }
.mw-head { display: flex; gap: 8px; align-items: center; justify-content: space-between; }
.mw-head label, .mw-name { font-weight: 600; }
.mw-value { font-variant-numeric: tabular-nums; white-space: nowrap; }
.mw-slide { display: grid; grid-template-columns: 44px minmax(0, 1fr) 44px; gap: 8px; align-items: center; }
.mw-slide button { padding: 0; font-size: 1.3rem; line-height: 1; }
input[type=range] { width: 100%; height: 44px; margin: 0; accent-color: #0b57a4; }
input[type=text], select { font: inherit; color: inherit; background: #fff; width: 100%; min-height: 44px; padding: 4px 10px; border: 2px solid #55656e; border-radius: 9px; }
.mw-choices { display: flex; flex-wrap: wrap; gap: 8px; }
.mw-choices label { display: flex; gap: 6px; align-items: center; min-height: 44px; padding: 4px 12px; border: 2px solid #a7b2b8; border-radius: 9px; cursor: pointer; }
.mw-choices label:has(:checked) { border-color: #0b57a4; background: #e3eef8; font-weight: 600; }
.mw-choices input, .mw-tick input { width: 20px; height: 20px; accent-color: #0b57a4; margin: 0; }
.mw-tick { display: flex; gap: 10px; align-items: center; min-height: 44px; }
.mw-help { min-height: 28px; min-width: 28px; padding: 0; border-radius: 14px; border-width: 1px; font-size: .95rem; line-height: 1; }
.mw-small { margin: 0; font-size: .95rem; color: #3c474d; }
.mw-wrong { outline: 3px solid #9a5b00; outline-offset: 4px; border-radius: 6px; }
.mw-row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.mw-main { background: #0b57a4; border-color: #0b57a4; color: #fff; font-weight: 600; }
.mw-main:hover { background: #084684; }
.mw-card { margin: 0; padding: .5em 1em; background: #fff; border: 2px solid #9a5b00; border-left-width: 10px; border-radius: 8px; display: grid; gap: 6px; }
.mw-card b { color: #8a5200; }
.mw-card ol { margin: 0; padding-left: 1.4em; }
.mw-words { margin: 0; font-size: 1.05rem; }
.mw-meters { display: grid; gap: 8px; }
.mw-meter { display: grid; gap: 2px; }
.mw-bar { height: 16px; border: 2px solid #55656e; border-radius: 9px; overflow: hidden; background: #fff; }
.mw-fill { height: 100%; background: #1b7f4b; }
.mw-over .mw-fill { background: repeating-linear-gradient(45deg, #b3261e 0 8px, #7d1a14 8px 16px); }
.mw-over .mw-verdict { color: #a3221b; font-weight: bold; }
.mw-stale canvas { opacity: .55; }
.mw-quiet { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
@media (forced-colors: active) { .mw-fill { background: Highlight; forced-color-adjust: none; } }
`;
