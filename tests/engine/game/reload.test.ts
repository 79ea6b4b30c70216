import { expect, it } from "vitest";
import { measureReloads } from "../../../tools/bench/reload/measure-reloads.ts";
import { parseReloadOptions } from "../../../tools/bench/reload/reload-options.ts";
import { LEAF } from "../../../tools/bench/reload/reload-project.ts";

/** Lines of the benchmark's own syntax error. */
const EXPECTED = new RegExp(`res://${LEAF}|Not built: the old code goes on|Expected ";" but found "no"`);

it("a saved script, and a saved module that nearly all others use, are in the game that runs, and its nodes keep their state", {
  timeout: 240_000,
}, async () => {
  // It throws when new code does not come, or a node begins anew.
  const { leafMs, sharedMs, errorMs, gameLines } = await measureReloads(parseReloadOptions(["--saves", "1"]));
  expect([leafMs, sharedMs, errorMs].map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(gameLines.filter((line) => /ERROR|WARNING|not reloaded/.test(line) && !EXPECTED.test(line))).toEqual([
    expect.stringContaining('Expected ";"'),
  ]);
});
