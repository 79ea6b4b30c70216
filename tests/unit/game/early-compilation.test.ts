import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { compileEarly } from "../../../scripts/game/early-compilation.ts";

/** Of the answer of V8's own function: one of the two compilers that know types made what runs. */
const COMPILED = (1 << 5) | (1 << 6);
/** V8 itself waits for 500: for eight seconds, where something runs once in a frame. */
const MOST_CALLS = 450;
const OTHERS_COMPILE_MS = 20;

test("what has run a hundred times is compiled for its types", async () => {
  compileEarly();
  setFlagsFromString("--allow-natives-syntax");
  const status = new Function("run", "return %GetOptimizationStatus(run)") as (run: unknown) => number;
  const run = new Function("numbers", "return numbers[0] * numbers[1] + numbers[2]") as (of: Float64Array) => number;
  const numbers = new Float64Array(4);
  let calls = 0;
  while (calls < MOST_CALLS && (status(run) & COMPILED) === 0) {
    run(numbers);
    calls += 1;
    if (calls > 100) await wait(OTHERS_COMPILE_MS);
  }
  expect(calls).toBeLessThan(MOST_CALLS);
});
