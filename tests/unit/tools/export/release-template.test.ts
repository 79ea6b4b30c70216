import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exportTarget } from "../../../../tools/export/export-target.ts";
import { releaseTemplate } from "../../../../tools/export/release-template.ts";

const PRESETS = `[preset.0]

name="Linux"
platform="Linux"

[preset.0.options]

custom_template/debug="/usr/bin/godot"
custom_template/release="/opt/template"

[preset.1]

name="Windows"

[preset.1.options]

custom_template/release=""
`;

describe("releaseTemplate", () => {
  test("is the path that the preset of this name has", () => {
    expect(releaseTemplate(PRESETS, "Linux")).toBe("/opt/template");
  });

  test("is empty where the engine is to look for its own", () => {
    expect(releaseTemplate(PRESETS, "Windows")).toBe("");
  });

  test("of a preset that is missing is an error that says where to add it", () => {
    expect(() => releaseTemplate(PRESETS, "Linux arm64")).toThrow('no preset called "Linux arm64"');
  });
});

test.each(["x64", "arm64"])("this project has a preset for %s", (architecture) => {
  const presets = readFileSync("export_presets.cfg", "utf8");
  expect(releaseTemplate(presets, exportTarget(architecture).preset)).not.toBe("");
});

test("there is no target for other processors", () => {
  expect(() => exportTarget("ia32")).toThrow("this machine is ia32");
});
