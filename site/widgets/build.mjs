// Bundles the sources twice: a module for the notebook's widget and a script for the website's pages.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// The same sum is taken in tests/unit/learn/test_bundles.py: names and contents of all sources, in order of name.
function hashOfSources() {
  const sum = createHash("sha256");
  for (const name of ["package.json", "package-lock.json", "build.mjs", ...readdirSync(here("src")).sort().map((file) => `src/${file}`)]) {
    sum.update(`${name}\0`);
    sum.update(readFileSync(here(name)));
    sum.update("\0");
  }
  return sum.digest("hex");
}

const banner = `/* Makerwagen, Apache-2.0. Made by "npm run build" in site/widgets; do not edit. sources sha256:${hashOfSources()}
 * Contains three.js, Copyright 2010-2026 three.js authors, MIT License: see LICENSE-three.txt beside this file. */`;
const shared = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", banner: { js: banner } };

await build({ ...shared, entryPoints: [here("src/lab.js")], format: "esm", outfile: here("../../src/makerwagen/learn/static/view.mjs") });
await build({ ...shared, entryPoints: [here("src/page.js")], format: "iife", globalName: "makerwagenView", outfile: here("../theme/assets/javascripts/model-view.js") });
