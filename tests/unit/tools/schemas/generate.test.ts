import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

const copy = mkdtempSync(join(tmpdir(), "darkages-generate-"));
const generated = join(copy, "scripts/protocol/generated/wire");

function generate(root: string, ...options: string[]) {
  return spawnSync(process.execPath, [join(root, "tools/schemas/generate.mjs"), ...options], { encoding: "utf8" });
}

beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  for (const part of ["schemas", "tools/schemas", "scripts/protocol/generated"]) {
    cpSync(part, join(copy, part), { recursive: true });
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("generated protocol code", () => {
  test("is what flatc makes of the schemas", () => {
    const { status, stderr } = generate(".", "--check");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("is found stale, missing or left over, by name, with what to run", () => {
    appendFileSync(join(generated, "ping.ts"), "// edited\n");
    rmSync(join(generated, "pong.ts"));
    writeFileSync(join(generated, "old.ts"), "");
    const { status, stderr } = generate(copy, "--check");
    expect(status).toBe(1);
    expect(stderr).toContain("wire/ping.ts is stale");
    expect(stderr).toContain("wire/pong.ts is missing");
    expect(stderr).toContain("wire/old.ts belongs to no schema");
    expect(stderr).toContain("npm run schemas");
    expect(stderr).not.toContain("hello.ts");
    expect(generate(copy).status).toBe(0);
    expect(generate(copy, "--check").status).toBe(0);
  });

  test("a schema that flatc refuses is named, and nothing is changed", () => {
    appendFileSync(join(copy, "schemas/input.fbs"), "table Broken { x:nothing; }\n");
    const { status, stderr } = generate(copy);
    expect(status).toBe(1);
    expect(stderr).toContain("input.fbs");
  });

  test("an argument that it does not know is refused", () => {
    expect(generate(copy, "--chek").stderr).toContain("expected no argument or --check, got --chek");
  });
});

test("golden packets of a version that has them are never written again", () => {
  const { status, stderr } = spawnSync(process.execPath, ["tools/schemas/write-golden-packets.mjs"], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain("frozen");
});
