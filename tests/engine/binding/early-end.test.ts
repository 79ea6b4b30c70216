import { expect, it } from "vitest";
import { runGodot } from "../runner/godot-process.ts";

// Node is starting beside the engine all the while, and has to be waited for.
it.each([
  [
    "of a rendering method that there is not",
    ["--rendering-method", "nonsense"],
    "Unknown rendering method 'nonsense'",
  ],
  ["of no display to be found", ["--display-driver", "x11"], "all display drivers failed"],
])("an engine that ends because %s ends as ever", async (_, engineArgs, message) => {
  const result = await runGodot({
    name: "binding/early-end",
    engineArgs,
    env: { DISPLAY: "", WAYLAND_DISPLAY: "", XDG_RUNTIME_DIR: "" },
  });
  expect(result.lines.join("\n")).toContain(message);
  expect(result).toMatchObject({ exitCode: 1, signal: null, timedOut: false });
});
