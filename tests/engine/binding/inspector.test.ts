import { expect, it } from "vitest";
import { GodotProcess } from "../runner/godot-process.ts";
import { InspectorClient } from "./inspector-client.ts";

it("a debugger stops a script at a line, reads its fields, and does not keep the game from ending", async () => {
  const game = new GodotProcess({
    name: "binding/inspector",
    scene: "res://tests/engine/binding/inspected.tscn",
    args: ["--inspect=127.0.0.1:0"],
  });
  const listening = await game.waitForLine("Debugger listening on");
  const client = await InspectorClient.connect(listening.slice(listening.indexOf("ws://")));
  await client.send("Debugger.enable");
  const script = await client.event("Debugger.scriptParsed", ({ url }) =>
    String(url).endsWith("/tests/engine/binding/inspected.script.js"),
  );
  expect(script.sourceMapURL).toBe("inspected.script.js.map");

  const { scriptSource } = await client.send("Debugger.getScriptSource", { scriptId: script.scriptId });
  const lines = String(scriptSource).split("\n");
  const lineNumber = lines.findIndex((line) => line.includes("enough"));
  const { breakpointId } = await client.send("Debugger.setBreakpointByUrl", { url: script.url, lineNumber });
  const paused = (await client.event("Debugger.paused")) as {
    callFrames: { callFrameId: string; functionName: string }[];
  };
  const frame = paused.callFrames[0];
  expect(frame?.functionName).toBe("_process");
  const { result } = await client.send("Debugger.evaluateOnCallFrame", {
    callFrameId: frame?.callFrameId,
    expression: "this.frames > 0 && this.name",
  });
  expect(result).toMatchObject({ value: "Inspected" });

  await client.send("Debugger.removeBreakpoint", { breakpointId });
  await client.send("Debugger.resume");
  await client.send("Runtime.evaluate", { expression: "globalThis.enough = true" });
  const ended = await game.ended; // with the debugger attached
  client.close();
  expect(ended.problems).toEqual([]);
});
