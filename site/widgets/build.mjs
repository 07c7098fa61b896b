// Bundles the sources: modules for the notebook's widgets and scripts for the website's pages.
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ofBoard = (name) => name.startsWith("board");
const ofExercise = (name) => name.startsWith("exercise");
const ofView = (name) => !ofBoard(name) && !ofExercise(name);

// The same sum is taken in tests/unit/learn/test_bundles.py: names and contents of a bundle's sources, in order of name.
function hashOfSources(belongs) {
  const sum = createHash("sha256");
  const sources = readdirSync(here("src")).sort().filter((name) => belongs(name) || name === "elements.js");
  for (const name of ["package.json", "package-lock.json", "build.mjs", ...sources.map((file) => `src/${file}`)]) {
    sum.update(`${name}\0`);
    sum.update(readFileSync(here(name)));
    sum.update("\0");
  }
  return sum.digest("hex");
}

const made = (belongs) => `/* Makerwagen, Apache-2.0. Made by "npm run build" in site/widgets; do not edit. sources sha256:${hashOfSources(belongs)}`;
const view = { js: `${made(ofView)}\n * Contains three.js, Copyright 2010-2026 three.js authors, MIT License: see LICENSE-three.txt beside this file. */` };
const board = { js: `${made(ofBoard)} */` };
const exercise = { js: `${made(ofExercise)} */` };
const shared = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none" };
const modules = (name) => here(`../../src/makerwagen/learn/static/${name}`);
const scripts = (name) => here(`../theme/assets/javascripts/${name}`);

await build({ ...shared, banner: view, entryPoints: [here("src/lab.js")], format: "esm", outfile: modules("view.mjs") });
await build({ ...shared, banner: view, entryPoints: [here("src/page.js")], format: "iife", globalName: "makerwagenView", outfile: scripts("model-view.js") });
await build({ ...shared, banner: board, entryPoints: [here("src/board-lab.js")], format: "esm", outfile: modules("board.mjs") });
await build({ ...shared, banner: board, entryPoints: [here("src/board-page.js")], format: "iife", globalName: "makerwagenBoard", outfile: scripts("board-view.js") });
await build({ ...shared, banner: exercise, entryPoints: [here("src/exercise.js")], format: "iife", globalName: "makerwagenExercises", outfile: scripts("exercise.js") });
await build({ ...shared, banner: exercise, entryPoints: [here("src/exercise-worker.js")], format: "esm", external: ["./micropython.js"], outfile: scripts("exercise-worker.js") });

// MicroPython as its makers built it. Some web servers do not know .mjs and then no browser runs it, so it is called .js here.
const micropython = (name) => here(`node_modules/@micropython/micropython-webassembly-pyscript/${name}`);
copyFileSync(micropython("micropython.mjs"), scripts("micropython.js"));
copyFileSync(micropython("micropython.wasm"), scripts("micropython.wasm"));
