#!/usr/bin/env node
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readExtensionApi } from "./extension-api.mjs";
import { renderTypings } from "./render-typings.mjs";

const USAGE = `Usage: node generate-types.mjs --api extension_api.json [--out godot.d.ts] [--check]

Writes the TypeScript declarations of the engine's API.
  --api PATH   the engine's dump: godot --headless --dump-extension-api-with-docs
  --out PATH   default: ../types/godot.d.ts, next to this folder
  --check      write nothing; exit code 1 if the file differs from what would be written for the same engine version`;

const DEFAULT_OUT = fileURLToPath(new URL("../types/godot.d.ts", import.meta.url));

/**
 * @param {readonly string[]} argv
 * @returns {number} the exit code: 0 done or up to date, 1 stale, 2 wrong use or bad input
 */
function main(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      api: { type: "string" },
      out: { type: "string", default: DEFAULT_OUT },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.api === undefined) {
    console.error(`--api is missing.\n${USAGE}`);
    return 2;
  }
  const out = resolve(values.out);
  const text = renderTypings(readExtensionApi(values.api));
  if (values.check) {
    const present = readIfThere(out);
    if (present === text) return 0;
    const [described, installed] = [engineVersion(present), engineVersion(text)];
    if (described !== undefined && described !== installed) {
      // A newer engine documents things differently: no fault of who runs the tests on it.
      console.log(`${out} describes Godot ${described}, ${values.api} is of ${installed}: not compared`);
      return 0;
    }
    console.error(`${out} is stale: it differs from what ${values.api} gives. Run: npm run types`);
    return 1;
  }
  mkdirSync(dirname(out), { recursive: true });
  // Whole or not at all: an editor may read the file at any moment.
  const partial = `${out}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, out);
  console.log(`${out}: ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB`);
  return 0;
}

/**
 * The engine that typings were made of, as their head says.
 * @param {string | undefined} typings
 */
function engineVersion(typings) {
  return /^\/\/ Godot (\d+\.\d+\.\d+)\./m.exec(typings ?? "")?.[1];
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
