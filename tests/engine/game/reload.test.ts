import { expect, it } from "vitest";
import { measureReloads } from "../../../tools/bench/reload/measure-reloads.ts";
import { parseReloadOptions } from "../../../tools/bench/reload/reload-options.ts";

it("a saved script, and a saved module that nearly all others use, are in the game that runs, and its nodes keep their state", {
  timeout: 240_000,
}, async () => {
  // It throws when new code does not come, or a node begins anew.
  const { leafMs, sharedMs, errorMs, gameLines } = await measureReloads(parseReloadOptions(["--saves", "1"]));
  expect([leafMs, sharedMs, errorMs].map(({ length }) => length)).toEqual([1, 1, 1]);
  const trouble = gameLines.filter((line) => /ERROR|not reloaded|keep the old code/.test(line));
  expect(trouble).toEqual([expect.stringContaining('Expected ";" but found "no"')]);
});
