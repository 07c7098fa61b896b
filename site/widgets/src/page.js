// The view on a page: every element with data-mw-model, filled from a mesh file that is a script, so file:// works too.
//
//   <div data-mw-model="name-tag" data-mw-mesh="name-tag.mesh.js">…a picture for pages without scripts…</div>
//
// The mesh file calls makerwagenMesh({model, preset, vertices, triangles, parts, words, bed_mm, room_mm}) with base64 arrays.
import { openRoot } from "./elements.js";
import { meshFromBase64 } from "./mesh.js";
import { CSS } from "./style.js";
import { View } from "./view.js";

const waiting = new Map();
const loaded = new Map();

export function makerwagenMesh(data) {
  const key = keyOf(data.model, data.preset);
  loaded.set(key, data);
  for (const host of waiting.get(key) || []) fill(host, data);
  waiting.delete(key);
}

export function start(scope = document) {
  for (const host of scope.querySelectorAll("[data-mw-model]:not([data-mw-ready])")) {
    host.dataset.mwReady = "waiting";
    const key = keyOf(host.dataset.mwModel, host.dataset.mwPreset);
    if (loaded.has(key)) fill(host, loaded.get(key));
    else {
      waiting.set(key, [...(waiting.get(key) || []), host]);
      if (host.dataset.mwMesh) document.head.append(Object.assign(document.createElement("script"), { src: host.dataset.mwMesh }));
    }
  }
}

function keyOf(model, preset) {
  return `${model}/${preset || ""}`;
}

function fill(host, data) {
  const still = [...host.childNodes];
  const inner = document.createElement("div");
  const root = openRoot(inner, CSS);
  const view = new View(root, { bed: data.bed_mm, room: data.room_mm });
  if (!view.stage) {
    view.dispose();
    host.dataset.mwReady = "flat"; // no 3D here: the picture in the page stays
    return;
  }
  host.replaceChildren(inner);
  view.show({ mesh: meshFromBase64(data), words: data.words || "", findings: [] });
  if (data.dimension) view.point(data.dimension);
  host.makerwagen = view;
  host.still = still;
  host.dataset.mwReady = "yes";
}

globalThis.makerwagenMesh = makerwagenMesh;
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start());
else start();
