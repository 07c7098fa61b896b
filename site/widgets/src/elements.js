// Makes elements: make("button", {class: "mw-x", onclick}, "text", child).
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// A root of its own, so that neither the notebook's nor the website's styles leak in. Styles come as an object:
// a page's security policy may forbid style elements, and it never forbids these.
export function openRoot(host, css) {
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  return root;
}

// An SVG that Python drew, as an image: nothing in it can run.
export function picture(svg, alt) {
  return make("img", { class: "mw-drawing", alt, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });
}
