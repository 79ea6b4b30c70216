import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { openRecording, type Recording } from "../../scripts/client/recording/recording.ts";
import { MAX_RECORDING_BYTES } from "../../scripts/client/recording/recording-format.ts";
import { hashBytes } from "../../scripts/simulation/zone-hash.ts";

/** Opens a recording. Throws an error for people: what was expected, what came, what to do. */
export function openRecordingFile(path: string): Recording {
  if (!existsSync(path)) throw new Error(`there is no file "${path}": expected a recording, made with --record FILE`);
  const { size } = statSync(path);
  if (size > MAX_RECORDING_BYTES) {
    throw new Error(`"${path}": expected a recording of at most ${MAX_RECORDING_BYTES} bytes, got ${size}`);
  }
  const opened = openRecording(readFileSync(path));
  if (!opened.ok) throw new Error(`"${path}": ${opened.problem}`);
  return opened.recording;
}

/** Finds zone files by what they hash to: the one that was named, then those that are baked here. */
export function zoneFinder(named: string | undefined): (name: string, hash: string) => Uint8Array | undefined {
  return (name, hash) => {
    const paths = named === undefined ? globSync("dist/zones/*.zone") : [named];
    for (const path of paths) {
      const bytes = readFileSync(path);
      const found = hashBytes(bytes);
      if (found === hash) return bytes;
      if (named !== undefined) {
        throw new Error(`--zone ${path}: expected the file of zone "${name}" with hash ${hash}, got hash ${found}`);
      }
    }
    return undefined;
  };
}
