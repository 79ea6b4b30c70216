import { expect, test } from "vitest";
import { parseReloadOptions } from "../../../../tools/bench/reload/reload-options.ts";

test("without arguments ten saves are built by what builds them for the editor", () => {
  expect(parseReloadOptions([])).toEqual({ saves: 10, watchCommand: ["node", "build-watch.mjs"] });
  expect(parseReloadOptions(["--watch", "npx  rollup -c --watch", "--saves", "2"])).toEqual({
    saves: 2,
    watchCommand: ["npx", "rollup", "-c", "--watch"],
  });
});

test("what makes no sense is refused with what was expected", () => {
  for (const saves of ["0", "1.5", "many"])
    expect(() => parseReloadOptions(["--saves", saves])).toThrow("--saves: expected a whole number from 1 to 1000");
  expect(() => parseReloadOptions(["--colour", "red"])).toThrow();
});
