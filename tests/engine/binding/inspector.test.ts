import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { GodotProcess } from "../runner/godot-process.ts";
import { InspectorClient } from "./inspector-client.ts";

const SOURCE = "tests/engine/binding/inspected.script.ts";

/** Where a debugger sets a breakpoint for a line of a `.ts` file, counted from 0: what the map beside the script says. */
function mappedLine(scriptUrl: string, mapUrl: string, script: string, sourceLine: number): number {
  const map = new SourceMap(JSON.parse(readFileSync(fileURLToPath(new URL(mapUrl, scriptUrl)), "utf8")));
  return script.split("\n").findIndex((line, number) => {
    const entry = map.findEntry(number, line.search(/\S/));
    return "originalSource" in entry && entry.originalSource.endsWith(SOURCE) && entry.originalLine === sourceLine;
  });
}

it("a debugger stops a script at a line of its .ts file, reads its fields, and does not keep the game from ending", async () => {
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
  const sourceLine = readFileSync(SOURCE, "utf8")
    .split("\n")
    .findIndex((line) => line.includes('"enough" in'));
  const lineNumber = mappedLine(String(script.url), String(script.sourceMapURL), String(scriptSource), sourceLine);
  expect(String(scriptSource).split("\n")[lineNumber]).toContain("enough");
  const { breakpointId, locations } = await client.send("Debugger.setBreakpointByUrl", { url: script.url, lineNumber });
  expect(locations).toMatchObject([{ lineNumber }]);
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
