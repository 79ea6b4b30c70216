import { expect, it } from "vitest";
import { runGodot } from "../runner/godot-process.ts";

it("an engine that finds no display ends as ever, while Node is starting beside it", async () => {
  const result = await runGodot({
    name: "binding/early-end",
    engineArgs: ["--display-driver", "x11"],
    env: { DISPLAY: "", WAYLAND_DISPLAY: "", XDG_RUNTIME_DIR: "" },
  });
  expect(result.lines.join("\n")).toContain("all display drivers failed");
  expect(result).toMatchObject({ exitCode: 1, signal: null, timedOut: false });
});
