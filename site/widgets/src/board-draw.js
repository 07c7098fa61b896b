// Makes SVG elements and the drawings of the parts: friendly, legible in black and white, nothing told by colour alone.
const SPACE = "http://www.w3.org/2000/svg";

export function svg(tag, given = {}, ...children) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(given)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const picture = (box, ...children) => svg("svg", { viewBox: box, "aria-hidden": "true", focusable: "false" }, ...children);

const LIGHTS = { red: ["#f9d5d2", "#ff3b30"], yellow: ["#f7edc6", "#ffc800"], green: ["#d3ecdc", "#1ed760"], blue: ["#d6e2f5", "#2f7bff"], white: ["#eceff1", "#fff7d6"] };
const RAYS = [0, 45, 90, 135, 180, 225, 270, 315];

// A light with rays that grow with its brightness.
export function drawLight(colour) {
  const [dark, bright] = LIGHTS[colour] || ["#e3e7ea", "#ffb300"];
  const halo = svg("circle", { cx: 40, cy: 36, r: 34, fill: bright, opacity: 0 });
  const rays = svg("g", { stroke: "#1c1c1c", "stroke-width": 3, "stroke-linecap": "round", opacity: 0 });
  for (const angle of RAYS) rays.append(svg("line", { x1: 40, y1: 11, x2: 40, y2: 4, transform: `rotate(${angle} 40 36)` }));
  const body = svg("path", { d: "M26 52V34a14 14 0 0 1 28 0v18z", fill: dark, stroke: "#1c1c1c", "stroke-width": 2.5 });
  const glow = svg("path", { d: "M26 52V34a14 14 0 0 1 28 0v18z", fill: bright, opacity: 0 });
  const legs = svg("path", { d: "M22 52h36v6H22zM34 58v16M46 58v12", fill: "#cfd8dc", stroke: "#1c1c1c", "stroke-width": 2.5 });
  const shine = svg("path", { d: "M32 36a8 8 0 0 1 6-8", fill: "none", stroke: "#fff", "stroke-width": 3, "stroke-linecap": "round" });
  return {
    element: picture("0 0 80 78", halo, rays, legs, body, glow, shine),
    show(level) {
      const seen = level > 0 ? 0.25 + 0.75 * level : 0;
      halo.setAttribute("opacity", (0.4 * seen).toFixed(2));
      glow.setAttribute("opacity", seen.toFixed(2));
      rays.setAttribute("opacity", level > 0.02 ? seen.toFixed(2) : 0);
    },
  };
}

export function drawPush() {
  const cap = svg("circle", { cx: 40, cy: 38, r: 17, fill: "#37474f", stroke: "#1c1c1c", "stroke-width": 2.5 });
  const ring = svg("circle", { cx: 40, cy: 38, r: 24, fill: "none", stroke: "#1c1c1c", "stroke-width": 2 });
  const case_ = svg("rect", { x: 10, y: 8, width: 60, height: 60, rx: 6, fill: "#cfd8dc", stroke: "#1c1c1c", "stroke-width": 2.5 });
  return {
    element: picture("0 0 80 78", case_, ring, cap),
    show(down) {
      cap.setAttribute("r", down ? 13 : 17);
      cap.setAttribute("fill", down ? "#0b57a4" : "#37474f");
      ring.setAttribute("stroke-width", down ? 5 : 2);
    },
  };
}

export function drawBuzzer() {
  const waves = svg("path", { d: "M56 24a20 20 0 0 1 0 30M63 16a30 30 0 0 1 0 46M24 24a20 20 0 0 0 0 30M17 16a30 30 0 0 0 0 46", fill: "none", stroke: "#0b57a4", "stroke-width": 3.5, "stroke-linecap": "round", opacity: 0 });
  const body = svg("circle", { cx: 40, cy: 39, r: 17, fill: "#37474f", stroke: "#1c1c1c", "stroke-width": 2.5 });
  return {
    element: picture("0 0 80 78", waves, body, svg("circle", { cx: 40, cy: 39, r: 4, fill: "#fff" })),
    show(sounds) { waves.setAttribute("opacity", sounds ? 1 : 0); },
  };
}

export function drawServo() {
  const horn = svg("g", {}, svg("rect", { x: 36, y: 4, width: 8, height: 38, rx: 4, fill: "#fff", stroke: "#1c1c1c", "stroke-width": 2.5 }), svg("circle", { cx: 40, cy: 38, r: 7, fill: "#fff", stroke: "#1c1c1c", "stroke-width": 2.5 }));
  const scale = svg("path", { d: "M8 38a32 32 0 0 1 64 0", fill: "none", stroke: "#8a979e", "stroke-width": 2, "stroke-dasharray": "3 4" });
  const body = svg("rect", { x: 18, y: 36, width: 44, height: 34, rx: 4, fill: "#2457a6", stroke: "#1c1c1c", "stroke-width": 2.5 });
  return {
    element: picture("0 0 80 78", scale, body, horn),
    show(degrees) { horn.setAttribute("transform", `rotate(${degrees - 90} 40 38)`); },
  };
}

// Colour lights: up to 24 as a ring, more as rows. Faint light is drawn brighter, as the eye sees it.
export function drawPixels(count, strip) {
  const ring = !strip && count > 1 && count <= 24;
  const across = ring ? 0 : Math.min(count, 12), rows = ring ? 0 : Math.ceil(count / across);
  const dots = Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count - Math.PI / 2;
    const radius = count > 16 ? 5 : 6.5;
    const [x, y] = ring ? [50 + 39 * Math.cos(angle), 50 + 39 * Math.sin(angle)] : [9 + 17 * (index % across), 9 + 17 * Math.floor(index / across)];
    return svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: ring ? radius : 7, fill: "#22272b", stroke: "#8a979e", "stroke-width": 1 });
  });
  const back = ring ? [svg("circle", { cx: 50, cy: 50, r: 48, fill: "#12161a" }), svg("circle", { cx: 50, cy: 50, r: 29, fill: "#fff" })] : [svg("rect", { width: 17 * across + 1, height: 17 * rows + 1, rx: 5, fill: "#12161a" })];
  const seen = (part) => Math.round(255 * (part / 255) ** 0.45);
  return {
    element: picture(ring ? "0 0 100 100" : `0 0 ${17 * across + 1} ${17 * rows + 1}`, ...back, ...dots),
    wide: !ring,
    show(colours) {
      dots.forEach((dot, index) => {
        const colour = colours?.[index] || [0, 0, 0], lit = colour.some((part) => part > 0);
        dot.setAttribute("fill", lit ? `rgb(${colour.map(seen).join(",")})` : "#22272b");
        dot.setAttribute("stroke", lit ? "#ffffff" : "#5c6870");
        dot.setAttribute("stroke-width", lit ? 2 : 1);
      });
    },
  };
}

// A display of 128 × 64 dots; `bits` is the hex of its memory, columns of eight dots from above.
export function drawDisplay() {
  const canvas = document.createElement("canvas");
  canvas.width = 128;
  canvas.height = 64;
  const paint = canvas.getContext("2d");
  let shown = null;
  const show = (bits) => {
    if (bits === shown) return;
    shown = bits;
    paint.fillStyle = "#0a1016";
    paint.fillRect(0, 0, 128, 64);
    paint.fillStyle = "#d8f3ff";
    for (let place = 0; bits && place < 1024; place++) {
      const byte = parseInt(bits.substr(2 * place, 2), 16);
      for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) paint.fillRect(place % 128, 8 * Math.floor(place / 128) + bit, 1, 1);
    }
  };
  show("");
  return { element: canvas, show, wide: true };
}

const GLYPHS = {
  analog: "M40 14a24 24 0 1 0 .1 0M40 38L54 22",
  digital: "M12 39c10-16 46-16 56 0c-10 16-46 16-56 0M40 30a9 9 0 1 0 .1 0",
  hcsr04: "M10 22h60v32H10zM26 29a9 9 0 1 0 .1 0M54 29a9 9 0 1 0 .1 0",
  sds011: "M16 26h2M30 18h2M46 24h2M60 18h2M22 42h2M38 38h2M56 40h2M16 58h2M32 56h2M48 58h2M62 56h2",
  usual: "M34 46V18a6 6 0 0 1 12 0v28a12 12 0 1 1-12 0M40 30v24",
};

export function drawSensor(kind) {
  const path = svg("path", { d: GLYPHS[kind] || GLYPHS.usual, fill: "none", stroke: "#1c1c1c", "stroke-width": kind === "sds011" ? 6 : 3.5, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return { element: picture("0 0 80 78", path), show() {} };
}
