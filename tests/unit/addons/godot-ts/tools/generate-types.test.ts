import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_FIXTURE } from "./api-fixture.ts";

const TOOL = fileURLToPath(new URL("../../../../../addons/godot-ts/tools/generate-types.mjs", import.meta.url));

let folder = "";
let api = "";
let out = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "godot-types-"));
  api = join(folder, "extension_api.json");
  out = join(folder, "types", "godot.d.ts");
  writeFileSync(api, JSON.stringify(API_FIXTURE));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function generate(...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...args], { encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

describe("generate-types", () => {
  it("writes the file, makes its folder, and leaves nothing else", () => {
    expect(generate("--api", api, "--out", out).code).toBe(0);
    expect(readdirSync(join(folder, "types"))).toEqual(["godot.d.ts"]);
    expect(readFileSync(out, "utf8")).toContain("export class Node extends GodotObject {");
  });

  it("--check passes on a fresh file and writes nothing", () => {
    generate("--api", api, "--out", out);
    expect(generate("--api", api, "--out", out, "--check")).toEqual({ code: 0, output: "" });
  });

  it("--check does not compare with an engine of another version, and says so", () => {
    generate("--api", api, "--out", out);
    const header = { ...API_FIXTURE.header, version_patch: API_FIXTURE.header.version_patch + 1 };
    writeFileSync(api, JSON.stringify({ ...API_FIXTURE, header, singletons: [] }));
    const check = generate("--api", api, "--out", out, "--check");
    expect(check.code).toBe(0);
    expect(check.output).toContain("not compared");
  });

  it("--check says that a file is stale: missing, edited, or of another API", () => {
    expect(generate("--api", api, "--out", out, "--check").code).toBe(1);
    generate("--api", api, "--out", out);
    const fresh = readFileSync(out, "utf8");
    writeFileSync(out, fresh.replace("get_owner", "get_boss"));
    const edited = generate("--api", api, "--out", out, "--check");
    expect(edited.code).toBe(1);
    expect(edited.output).toMatch(/is stale.*npm run types/s);
    writeFileSync(out, fresh);
    writeFileSync(api, JSON.stringify({ ...API_FIXTURE, singletons: [] }));
    expect(generate("--api", api, "--out", out, "--check").code).toBe(1);
  });

  it.each([
    ["no --api", () => [], /--api is missing/],
    ["an unknown option", () => ["--api", api, "--fast"], /--fast/],
    [
      "a file that is not there",
      () => ["--api", join(folder, "none.json")],
      /none\.json.*--dump-extension-api-with-docs/s,
    ],
    ["a file of something else", () => ["--api", TOOL], /generate-types\.mjs.*--dump-extension-api-with-docs/s],
  ])("explains %s, with exit code 2 and no stack", (_, args, message) => {
    const { code, output } = generate(...args(), "--out", out);
    expect(code).toBe(2);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\n {4}at /);
  });
});
