// Turns schemas/*.fbs into scripts/protocol/generated/wire/*.ts with flatc.
//   node tools/schemas/generate.mjs           writes the files
//   node tools/schemas/generate.mjs --check   writes nothing; exit code 1 names every file that is not what flatc makes of the schemas
// Three things of flatc's output are changed: imports get their ".ts"; enums become constant objects, as
// everywhere in this project, over plain numbers, since any byte can come; and barrel files are left out, since with several
// schemas they hold only the last one's names.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const schemaFolder = join(root, "schemas");
const generatedFolder = join(root, "scripts", "protocol", "generated");
/** Says which flatc wrote the files: another one may word the same thing differently. */
const versionFile = join(generatedFolder, "flatc-version.txt");
const howToRun = "run: npm run schemas";

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`schemas: ${message}`);
  process.exit(1);
}

/** @returns {string} such as "flatc version 23.5.26" */
function flatcVersion() {
  return spawnSync("flatc", ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** @returns {string} the flatc that wrote what is there, empty if nobody said */
function recordedVersion() {
  try {
    return readFileSync(versionFile, "utf8").trim();
  } catch {
    return "";
  }
}

/** @param {string} folder @returns {string[]} names of the generated files in `folder`, sorted */
function generatedNames(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .sort();
  } catch {
    return [];
  }
}

/** @param {string} source TypeScript as flatc writes it @returns {string} with relative imports that name their file */
function nameImportedFiles(source) {
  return source.replace(/ from '\.\.\/wire\/([a-z0-9-]+)(?:\.js)?'/g, " from './$1.ts'");
}

/** @param {string} source TypeScript as flatc writes it @returns {string} with constant objects in place of enums */
function replaceEnums(source) {
  return source.replace(/export enum (\w+) \{(.*?)\n\}/gs, (_whole, name, body) => {
    const members = body.replace(/^(\s*\w+) = (\d+)/gm, "$1: $2");
    return `export const ${name} = {${members}\n} as const;\nexport type ${name} = number;`;
  });
}

/** @returns {Map<string, string>} file name to text, as it should be */
function generate() {
  const schemas = readdirSync(schemaFolder)
    .filter((name) => name.endsWith(".fbs"))
    .sort();
  const scratch = mkdtempSync(join(tmpdir(), "darkages-schemas-"));
  try {
    const flatc = spawnSync(
      "flatc",
      [
        "--ts",
        "--gen-mutable",
        "--ts-no-import-ext",
        "-o",
        scratch,
        ...schemas.map((name) => join(schemaFolder, name)),
      ],
      { encoding: "utf8" },
    );
    if (flatc.error)
      fail(
        `flatc cannot be run (${flatc.error.message}). It is part of the toolchain: npm run doctor says what is missing`,
      );
    if (flatc.status !== 0) fail(`flatc refuses the schemas:\n${flatc.stdout}${flatc.stderr}`);
    const wireFolder = join(scratch, "wire");
    const finish = (/** @type {string} */ source) => replaceEnums(nameImportedFiles(source));
    return new Map(
      generatedNames(wireFolder).map((name) => [name, finish(readFileSync(join(wireFolder, name), "utf8"))]),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const unknown = process.argv.slice(2).filter((argument) => argument !== "--check");
if (unknown.length > 0) fail(`expected no argument or --check, got ${unknown.join(" ")}`);

const wanted = generate();
const target = join(generatedFolder, "wire");
const present = new Map(generatedNames(target).map((name) => [name, readFileSync(join(target, name), "utf8")]));
const stale = [...wanted].filter(([name, text]) => present.get(name) !== text).map(([name]) => name);
const left = [...present.keys()].filter((name) => !wanted.has(name));

if (process.argv.includes("--check")) {
  if (stale.length > 0 && recordedVersion() !== flatcVersion()) {
    console.log(`schemas: written by ${recordedVersion()}, here is ${flatcVersion()}: not compared; ${howToRun}`);
    process.exit(0);
  }
  for (const name of stale)
    console.error(`schemas: scripts/protocol/generated/wire/${name} is ${present.has(name) ? "stale" : "missing"}`);
  for (const name of left) console.error(`schemas: scripts/protocol/generated/wire/${name} belongs to no schema`);
  if (stale.length + left.length > 0) fail(howToRun);
  console.log(`schemas: ${wanted.size} generated files are up to date`);
} else {
  mkdirSync(target, { recursive: true });
  for (const name of stale) writeFileSync(join(target, name), wanted.get(name) ?? "");
  for (const name of left) rmSync(join(target, name));
  writeFileSync(versionFile, `${flatcVersion()}\n`);
  console.log(`schemas: ${wanted.size} files, ${stale.length} written, ${left.length} removed`);
}
