import { describe, expect, it } from "vitest";
import { parseReplayOptions } from "../../../../tools/replay/replay-options.ts";

describe("parseReplayOptions", () => {
  it("compares, when nothing else is said", () => {
    expect(parseReplayOptions(["a.rec"])).toMatchObject({ file: "a.rec", what: "compare", json: false });
  });

  it("reads which events are wanted", () => {
    const args = ["a.rec", "--list", "--type", "Snapshot,frame", "--from", "12.5", "--to", "14", "--direction", "in"];
    expect(parseReplayOptions([...args, "--player", "Ada", "--find", "yaw"])).toMatchObject({
      what: "list",
      choice: {
        types: ["snapshot", "frame"],
        fromSeconds: 12.5,
        toSeconds: 14,
        direction: "in",
        player: "Ada",
        find: "yaw",
      },
    });
  });

  it("reads how to film", () => {
    const args = ["a.rec", "--clip", "out/a.avi", "--start", "3", "--seconds", "5", "--fps", "24", "--size", "640x360"];
    expect(parseReplayOptions(args)).toMatchObject({
      what: "clip",
      startSeconds: 3,
      clip: { path: "out/a.avi", seconds: 5, fps: 24, widthPixels: 640, heightPixels: 360 },
    });
  });

  it.each([
    [[], "expected one recording, got none"],
    [["a", "b"], "expected one recording, got a b"],
    [["a", "--list", "--step"], "expected one of --list, --step, --window, --clip, got --list and --step"],
    [["a", "--direction", "up"], '--direction: expected in or out, got "up"'],
    [["a", "--from", "soon"], '--from: expected a number from 0 up, got "soon"'],
    [["a", "--fps", "0"], '--fps: expected a number from 1 up, got "0"'],
    [["a", "--size", "big"], '--size: expected such as 1280x720, got "big"'],
    [["a", "--fast"], "--fast"],
  ])("says what is wrong with %j", (args, words) => {
    expect(() => parseReplayOptions(args)).toThrow(words);
  });
});
