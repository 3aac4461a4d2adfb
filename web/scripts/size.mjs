// What a visitor loads, compressed: the page with its largest route must stay under the budget; the map library is loaded
// only by who asks for it, and is told apart.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 200_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/** A chunk and everything that it needs at once, but the map library. */
function withImports(key, seen = new Set()) {
  if (seen.has(key) || key.includes("maplibre")) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) withImports(next, seen);
  return seen;
}

const sum = (keys) => [...keys].reduce((all, key) => all + size(manifest[key].file), 0);
const entry = withImports("index.html");
const words = ["src/words/en.ts"];
const lazy = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && !key.includes("maplibre") && !key.startsWith("src/words/"));

let failed = false;
const tell = (name, bytes, budgeted = true) => {
  const over = budgeted && bytes > BUDGET;
  failed ||= over;
  console.log(`${name.padEnd(44)} ${(bytes / 1000).toFixed(1).padStart(7)} kB${over ? "  over budget" : ""}`);
};

const start = new Set([...entry, ...words]);
tell("page (frame and English words)", sum(start));
for (const key of lazy) tell(`${key.replace(/^src\/pages\//, "")} with the page`, sum(new Set([...start, ...withImports(key)])));
const everything = Object.keys(manifest).filter((key) => manifest[key].file.endsWith(".js") && !key.includes("maplibre"));
tell("all of it, both languages, without MapLibre", sum(everything), false);
for (const key of Object.keys(manifest).filter((key) => key.includes("maplibre") && manifest[key].file.endsWith(".js"))) tell("MapLibre", size(manifest[key].file), false);
process.exit(failed ? 1 : 0);
