import { describe, expect, it } from "vitest";
import { readStartOptions } from "../../../../tools/start/start-options.ts";

describe("readStartOptions", () => {
  it("lets a person play where there is a display, and the autopilot for 20 s where there is none", () => {
    expect(readStartOptions([], true)).toMatchObject({ connectTo: undefined, autopilotSeconds: undefined });
    expect(readStartOptions([], false)).toMatchObject({ connectTo: undefined, autopilotSeconds: 20 });
    expect(readStartOptions(["--autopilot", "60"], true)).toMatchObject({ autopilotSeconds: 60 });
  });

  it.each([
    ["127.0.0.1:9000", "127.0.0.1:9000"],
    ["play.example", "play.example:7777"],
    ["[::1]:9000", "[::1]:9000"],
    ["[::1]", "[::1]:7777"],
  ])("completes the address %s to %s", (given, address) => {
    expect(readStartOptions(["--connect", given], true)).toMatchObject({ connectTo: address });
  });

  it.each([
    [["--connect", ""], "--connect"],
    [["--connect", "host:0"], "host:0"],
    [["--connect", "host:70000"], "host:70000"],
    [["--connect", "a b:7777"], "a b:7777"],
    [["--quality", "ultra"], "ultra"],
    [["--autopilot", "soon"], "soon"],
    [["--port", "99999"], "99999"],
    [["--link", "dialup"], "dialup"],
    [["--windowed"], "--windowed"],
  ])("answers %j with a sentence that names the trouble", (args, word) => {
    expect(readStartOptions(args, true)).toMatchObject({ problem: expect.stringContaining(word) });
  });
});
