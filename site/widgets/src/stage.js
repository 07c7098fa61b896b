// The solid part of the view: plate, grid and part, drawn by one WebGL context that all views of a page share.
import {
  AmbientLight, BufferAttribute, BufferGeometry, Color, DirectionalLight, DoubleSide, EdgesGeometry, LineBasicMaterial,
  LineSegments, Mesh, MeshBasicMaterial, MeshLambertMaterial, PerspectiveCamera, PlaneGeometry, Scene, Vector3,
  WebGLRenderer,
} from "three";

export const COLOURS = { body: "#ffc933", letters: "#2b3a4a", lid: "#4aa3df", default: "#ffc933" };
const OTHERS = ["#4aa3df", "#e4572e", "#76b041", "#9a6fb0"];
const PAPER = "#f4f7f8", PLATE = "#e3e9ec", FINE = "#cbd5da", COARSE = "#94a5ae", EDGE = "#1c1c1c";
const FIELD_OF_VIEW = 32, SHARP_DEGREES = 28, MOST_FOR_EDGES = 60000;
// A browser gives a page about 16 WebGL contexts, and a notebook may show more parts than that.
const SHARED = Symbol.for("makerwagen.stage.1");

export function shared() {
  if (!(SHARED in globalThis)) {
    let renderer = null;
    try {
      renderer = new WebGLRenderer({ antialias: true, powerPreference: "low-power" });
      renderer.setClearColor(new Color(PAPER));
    } catch {
      renderer = null; // no WebGL: the view shows the line drawing
    }
    globalThis[SHARED] = { renderer, makeStage: (options) => new Stage(renderer, options), views: new Set() };
    renderer?.domElement.addEventListener("webglcontextrestored", () => {
      for (const redraw of globalThis[SHARED].views) redraw();
    });
  }
  return globalThis[SHARED];
}

class Stage {
  constructor(renderer, { bed, room }) {
    this.renderer = renderer;
    this.bed = bed || [220, 220];
    this.room = room || null;
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 1, 4000);
    this.camera.up.set(0, 0, 1);
    this.scene.add(new AmbientLight("#ffffff", 1.5));
    this.sun = new DirectionalLight("#ffffff", 2.2);
    this.scene.add(this.sun, this.sun.target);
    this.materials = new Map();
    this.low = [0, 0, 0];
    this.high = [0, 0, 0];
    this.size = [1, 1];
  }

  setMesh({ vertices, triangles, parts }) {
    this.#forget("part");
    this.#forget("edges");
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(vertices, 3));
    geometry.setIndex(new BufferAttribute(triangles, 1));
    const named = parts.length ? parts : [["body", 0, triangles.length / 3]];
    let spare = 0;
    const materials = named.map(([name, first, count], index) => {
      geometry.addGroup(first * 3, count * 3, index);
      const color = COLOURS[name] || (index === 0 ? COLOURS.default : OTHERS[spare++ % OTHERS.length]);
      return this.#material(color, () => new MeshLambertMaterial({ color, flatShading: true, side: DoubleSide, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 }));
    });
    geometry.computeBoundingBox();
    const { min, max } = geometry.boundingBox;
    this.low = min.toArray();
    this.high = max.toArray();
    this.part = new Mesh(geometry, materials);
    this.scene.add(this.part);
    if (triangles.length / 3 <= MOST_FOR_EDGES / 6) this.addEdges();
    this.#layPlate();
  }

  // Edges of a big part cost more time than a frame has; the view adds them when the hand rests.
  addEdges() {
    if (this.edges || !this.part || this.part.geometry.index.count / 3 > MOST_FOR_EDGES) return;
    this.edges = new LineSegments(new EdgesGeometry(this.part.geometry, SHARP_DEGREES), this.#material("edges", () => new LineBasicMaterial({ color: EDGE })));
    this.scene.add(this.edges);
  }

  draw(context, [width, height], ratio, eye) {
    const { renderer, camera } = this;
    this.size = [width, height];
    renderer.setPixelRatio(ratio);
    renderer.setSize(width, height, false);
    camera.aspect = width / height;
    this.#place(eye);
    renderer.render(this.scene, camera);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(renderer.domElement, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  project(point) {
    const at = new Vector3(...point).project(this.camera);
    return [((at.x + 1) / 2) * this.size[0], ((1 - at.y) / 2) * this.size[1]];
  }

  dispose() {
    for (const name of ["part", "edges", "plate", "fine", "coarse"]) this.#forget(name);
    for (const material of this.materials.values()) material.dispose();
    this.materials.clear();
  }

  // Materials outlive the part: with the last one of its kind its shader would go, and compiling that anew for each
  // move of a slider takes longer than all the rest.
  #material(name, make) {
    if (!this.materials.has(name)) this.materials.set(name, make());
    return this.materials.get(name);
  }

  // The scale comes from the largest part there can be, so it never jumps while a slider moves.
  #place({ azimuth, height, zoom }) {
    const { camera } = this;
    const room = this.room || this.high.map((value, axis) => value - this.low[axis]);
    const around = Math.max(8, Math.hypot(room[0], room[1]) / 2), tall = room[2] / 2;
    const slope = Math.tan((FIELD_OF_VIEW / 2) * (Math.PI / 180));
    const needed = Math.max(around / (slope * camera.aspect), (0.75 * around + tall) / slope);
    const distance = (1.05 * needed + 0.6 * around) / zoom;
    const [a, h] = [((azimuth - 90) * Math.PI) / 180, (Math.min(89.9, Math.max(-89.9, height)) * Math.PI) / 180];
    const middle = [0, 1].map((axis) => (this.low[axis] + this.high[axis]) / 2);
    const target = new Vector3(middle[0], middle[1], room[2] / 2);
    const away = new Vector3(Math.cos(a) * Math.cos(h), Math.sin(a) * Math.cos(h), Math.sin(h));
    camera.position.copy(target).addScaledVector(away, distance);
    camera.near = Math.max(0.5, distance - 600);
    camera.far = distance + 600;
    camera.lookAt(target);
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    const aside = new Vector3(-Math.sin(a), Math.cos(a), 0);
    this.sun.position.copy(target).addScaledVector(away, 60).addScaledVector(aside, -45).add(new Vector3(0, 0, 55));
    this.sun.target.position.copy(target);
    this.sun.target.updateMatrixWorld();
  }

  #layPlate() {
    const [cx, cy] = [0, 1].map((axis) => 10 * Math.round((this.low[axis] + this.high[axis]) / 20));
    const near = [0, 1].flatMap((axis) => [10 * Math.floor(this.low[axis] / 10) - 10, 10 * Math.ceil(this.high[axis] / 10) + 10]);
    const key = [cx, cy, ...near, ...this.bed].join();
    if (key === this.laid) return;
    this.laid = key;
    const [wide, deep] = this.bed;
    const west = cx - wide / 2, east = cx + wide / 2, south = cy - deep / 2, north = cy + deep / 2;
    for (const name of ["plate", "fine", "coarse"]) this.#forget(name);
    this.plate = new Mesh(new PlaneGeometry(wide, deep), new MeshBasicMaterial({ color: PLATE, polygonOffset: true, polygonOffsetFactor: 4, polygonOffsetUnits: 4 }));
    this.plate.position.set(cx, cy, -0.06);
    this.coarse = lines(west, east, south, north, 10, COARSE, -0.03);
    this.fine = lines(Math.max(west, near[0]), Math.min(east, near[1]), Math.max(south, near[2]), Math.min(north, near[3]), 1, FINE, -0.045);
    this.scene.add(this.plate, this.fine, this.coarse);
  }

  #forget(name) {
    const one = this[name];
    if (!one) return;
    this.scene.remove(one);
    one.geometry.dispose();
    if (!Array.isArray(one.material) && name !== "edges") one.material.dispose();
    this[name] = null;
  }
}

function lines(west, east, south, north, step, color, z) {
  const points = [];
  for (let x = step * Math.ceil(west / step); x <= east; x += step) points.push(x, south, z, x, north, z);
  for (let y = step * Math.ceil(south / step); y <= north; y += step) points.push(west, y, z, east, y, z);
  const frame = [[west, south], [east, south], [east, north], [west, north]];
  if (step > 1) frame.forEach(([x, y], index) => points.push(x, y, z, ...frame[(index + 1) % 4], z));
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(points), 3));
  return new LineSegments(geometry, new LineBasicMaterial({ color }));
}
