import type { Recording } from "../../scripts/client/recording/recording.ts";
import { Replay, type ReplayOptions } from "../../scripts/client/recording/replay.ts";
import type { ReplayDifference } from "../../scripts/client/recording/replay-tape.ts";

/** What came of playing a recording again, in the order in which it is printed. */
export interface ReplayReport {
  replay: string;
  events: number;
  frames: number;
  /** Length of the recording by the clock of its frames. */
  seconds: number;
  bytes: number;
  bytesPerMinute: number;
  /** Frames of the recording that were played per second of real time. */
  framesPerSecond: number;
  packetsCompared: number;
  statesCompared: number;
  identical: boolean;
  differences: number;
  firstDifference: ReplayDifference | null;
  /** "complete", or how far the file could be read and why not further. */
  end: string;
  recordedWith: string;
}

/** Plays a recording from start to end. Throws `ReplayProblem` when something is missing for that. */
export async function compareReplay(file: string, recording: Recording, options: ReplayOptions): Promise<ReplayReport> {
  const replay = new Replay(recording, options);
  const startMs = performance.now();
  await replay.run();
  const realSeconds = (performance.now() - startMs) / 1000;
  const { frames, seconds, bytes, events, end } = recording;
  return {
    replay: file,
    events,
    frames,
    seconds: Number(seconds.toFixed(3)),
    bytes,
    bytesPerMinute: Math.round(seconds > 0 ? (bytes / seconds) * 60 : 0),
    framesPerSecond: Math.round(frames / realSeconds),
    packetsCompared: replay.packetsCompared,
    statesCompared: replay.statesCompared,
    identical: replay.differences === 0,
    differences: replay.differences,
    firstDifference: replay.firstDifference ?? null,
    end: end.kind === "complete" ? "complete" : `${end.kind}: ${end.detail}`,
    recordedWith: recording.start.runtime,
  };
}
