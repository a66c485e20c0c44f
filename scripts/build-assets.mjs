// Makes static/build: the compiled styles, the fonts, the phonetic typing, and the licences of what
// they are made from.
//
//   npm run build           once
//   npm run build -- --watch   again at every change of static/scss
//
// Nothing of static/build is committed; what goes in is pinned by package-lock.json.

import { mkdir, readdir, readFile, rename, rm, watch, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, "node_modules");
const scss = path.join(root, "static", "scss");
const build = path.join(root, "static", "build");

const FACES = ["noto-sans-bengali", "noto-serif-bengali"];
const SUBSETS = ["bengali", "latin", "latin-ext"];
// 400 and 600 are the two weights of the interface; printed documents also use 700.
const WEIGHTS = [400, 600, 700];

// Imported here, not above, so that a missing `npm ci` is said in a sentence.
const { compileAsync } = await import("sass").catch(() => {
  console.error("The npm packages are missing: run `npm ci` first.");
  process.exit(1);
});

const written = new Set();

// Written beside and renamed into place: a worker may be reading the fonts at this moment.
async function put(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
  written.add(file);
}

async function copy(from, to) {
  await put(to, await readFile(from));
}

// What an earlier build made and this one did not.
async function removeStale() {
  const entries = await readdir(build, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const stale = files.map((file) => path.join(file.parentPath ?? file.path, file.name));
  await Promise.all(stale.filter((file) => !written.has(file)).map((file) => rm(file)));
}

async function compileStyles() {
  const { css } = await compileAsync(path.join(scss, "udbhabon.scss"), {
    loadPaths: [modules],
    style: "compressed",
    sourceMap: false,
    // Bootstrap 5 is written with Sass's older @import; its notices are not ours to mend.
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  await put(path.join(build, "udbhabon.css"), css);
  return css.length;
}

async function copyFonts() {
  const target = path.join(build, "fonts");
  const names = FACES.flatMap((face) =>
    SUBSETS.flatMap((subset) =>
      WEIGHTS.map((weight) => [face, `${face}-${subset}-${weight}-normal.woff2`]),
    ),
  );
  await Promise.all(
    names.map(([face, name]) =>
      copy(path.join(modules, "@fontsource", face, "files", name), path.join(target, name)),
    ),
  );
  return names.length;
}

// Avro Phonetic is a script that leaves a global behind; as a module it leaves nothing, and a page
// fetches it only when somebody wants it (static/js/phonetic.js).
async function wrapPhonetic() {
  const source = path.join(modules, "avro-phonetic", "dist", "avro-lib-v1.1.4.min.js");
  const script = await readFile(source, "utf8");
  const ends = "export const parse = (text) => OmicronLab.Avro.Phonetic.parse(text);\n";
  await put(path.join(build, "avro.js"), `${script.trim()}\n${ends}`);
}

async function copyLicences() {
  const target = path.join(build, "licences");
  const packages = ["bootstrap", ...FACES.map((face) => `@fontsource/${face}`)];
  await Promise.all(
    packages.map((name) =>
      copy(path.join(modules, name, "LICENSE"), path.join(target, `${path.basename(name)}.txt`)),
    ),
  );
  const avro = path.join(modules, "avro-phonetic", "MPL-1.1.txt");
  await copy(avro, path.join(target, "avro-phonetic.txt"));
}

const [bytes, fonts] = await Promise.all([
  compileStyles(),
  copyFonts(),
  copyLicences(),
  wrapPhonetic(),
]);
await removeStale();
console.log(`static/build: styles ${(bytes / 1024).toFixed(0)} KB, ${fonts} font files`);

if (process.argv.includes("--watch")) {
  for await (const { filename } of watch(scss)) {
    try {
      await compileStyles();
      console.log(`compiled after ${filename}`);
    } catch (error) {
      console.error(error.message);
    }
  }
}
