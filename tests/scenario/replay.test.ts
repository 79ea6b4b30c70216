import { beforeAll, describe, expect, it } from "vitest";
import type { Recording } from "../../scripts/client/recording/recording.ts";
import { Replay } from "../../scripts/client/recording/replay.ts";
import { mustOpen, recordPlay } from "../fixtures/recorded-play.ts";

let bytes: Uint8Array;
let recording: Recording;
beforeAll(() => {
  bytes = recordPlay();
  recording = mustOpen(bytes);
});

describe("a recorded session", () => {
  it("replays identically: every packet and every state", async () => {
    const replay = new Replay(recording);
    await replay.run();
    console.log(recording.bytes, recording.events, recording.frames, recording.seconds);
    expect(replay.firstDifference).toBeUndefined();
  });
});
