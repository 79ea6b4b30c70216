import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "zone-command-"));
const program = join(folder, "server.mjs");
const file = join(folder, "features.json");

beforeAll(async () => {
  await build({ entryPoints: ["server/main.ts"], bundle: true, platform: "node", format: "esm", outfile: program });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts a zone that has no world, so that it ends by itself also where it takes the features. */
function startZone(args: string[], environment: Record<string, string> = {}) {
  const { status, stderr } = spawnSync(process.execPath, [program, "zone", "--zones", folder, ...args], {
    encoding: "utf8",
    env: environment,
  });
  return { status, stderr: stderr.replaceAll(folder, "DIR") };
}

describe("the start of a zone", () => {
  test("is refused with a feature file that is not in order: every fault, and what to do", () => {
    writeFileSync(file, '{"protocol_v1": {"enabled": true, "rolloutPercent": "50%"}, "protocol_v3": {}}');
    expect(startZone(["--features", file])).toEqual({
      status: 1,
      stderr: `DIR/features.json: protocol_v1.rolloutPercent: expected a number from 0 to 100, got "50%"
DIR/features.json: protocol_v3: there is no such feature, expected one of protocol_v1, protocol_v2_seq, snapshot_delta_v1, input_delta_v1, reject_reason_v1, action_v1, combat_v1
The zone starts only with features in order. "npm run flags -- check" says when they are.
`,
    });
  });

  test("is refused without the file that was named, on the command line or in the environment", () => {
    const missing = join(folder, "missing.json");
    for (const started of [startZone(["--features", missing]), startZone([], { DARKAGES_FEATURES_FILE: missing })]) {
      expect(started.status).toBe(1);
      expect(started.stderr).toContain("DIR/missing.json: there is no such file\n");
    }
  });

  test("is refused with a variable that is not in order", () => {
    const { status, stderr } = startZone([], { DARKAGES_FEATURE_PROTOCOL_V1: "true" });
    expect(status).toBe(1);
    expect(stderr).toContain("DARKAGES_FEATURE_PROTOCOL_V1: expected on, off, kill, or a percentage");
  });

  test("goes on to the world with the features that the project comes with", () => {
    expect(startZone([])).toEqual({ status: 1, stderr: expect.stringContaining('zone "shore" was expected at DIR/') });
  });
});
