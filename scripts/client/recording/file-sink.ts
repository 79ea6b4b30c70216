import { closeSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../make-folder.ts";
import type { RecordingSink } from "./recording-writer.ts";

/** Opens a new file to record to, replacing an old one; makes its folder, but not the ones above. Throws an error that names the path. */
export function openFileSink(path: string): RecordingSink {
  makeFolder(dirname(path));
  const file = openSync(path, "w");
  return {
    write(bytes) {
      // What the system has taken is safe from a crash of this process.
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
    },
    close: () => closeSync(file),
  };
}
