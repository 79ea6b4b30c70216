import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runWatched } from "../../../../tools/fuzz/watched-run.ts";

// Threads have no part in what transforms the tests: a worker must be JavaScript.
const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
const outfile = join(folder, "planted-worker.mjs");
const worker = pathToFileURL(outfile);
const order = { seed: 1, seconds: 600, executions: 3_000, corpus: [], keep: false };
const watch = { patienceMs: 3_000 };

beforeAll(async () => {
  await build({
    entryPoints: ["tests/fixtures/fuzz/planted-worker.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a watched run", () => {
  test("ends at its executions and finds nothing where nothing is", async () => {
    const result = await runWatched(worker, { ...order, target: "sound" }, watch);
    expect(result.executions).toBeGreaterThanOrEqual(order.executions);
    expect(result).toMatchObject({ crashes: [], hang: undefined });
  });

  test("names the input that a decoder hangs on, and ends it", async () => {
    const result = await runWatched(worker, { ...order, target: "loops", executions: 1_000_000 }, watch);
    expect(result.hang?.decoderIndex).toBe(0);
    expect(result.hang?.input[0]).toBe(0xff);
  });

  test("names a decoder that keeps memory", async () => {
    const result = await runWatched(worker, { ...order, target: "keeps" }, watch);
    expect(result.crashes.map(({ message }) => message)).toEqual([expect.stringContaining("keeps memory")]);
  });

  test("runs only a given input, if one is given", async () => {
    const replay = [Uint8Array.of(0xff, 1)];
    const result = await runWatched(worker, { ...order, target: "loops", replay }, watch);
    expect([...(result.hang?.input ?? [])]).toEqual([0xff, 1]);
  });

  test("rejects when the worker breaks", async () => {
    const missing = new URL("no-such-worker.ts", worker);
    await expect(runWatched(missing, { ...order, target: "sound" }, watch)).rejects.toThrow("no-such-worker");
  });
});
