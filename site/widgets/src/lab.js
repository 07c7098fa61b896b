// The panel in a notebook: states come as the widget's traits, wishes go as messages.
import { meshFromBuffers } from "./mesh.js";
import { Panel } from "./panel.js";

function render({ model, el }) {
  // The notebook has keys of its own (R, D D …); here they belong to the child's part.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("keydown", (event) => event.stopPropagation());
  const host = el.appendChild(document.createElement("div"));
  const panel = new Panel(host, model.get("declaration"), (wish) => model.send(wish));
  let shown = null;
  const show = () => {
    const mesh = model.get("mesh"), fresh = mesh !== shown;
    shown = mesh;
    panel.show(model.get("state"), model.get("values"), fresh ? meshFromBuffers(mesh) : null);
  };
  // `state` is the last of the three to be set, and it always changes.
  model.on("change:state", show);
  host.makerwagen = panel;
  show();
  return () => {
    model.off("change:state", show);
    panel.dispose();
  };
}

export default { render };
