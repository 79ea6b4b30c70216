import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";

/**
 * Gives a file new content so that a reader sees all of the old or all of the new, also when the machine stops in between.
 * Follows links; the rights of the file stay. Throws what the file system says.
 */
export function replaceFile(path: string, text: string): void {
  const target = realpathSync(path);
  const { mode, uid, gid } = statSync(target);
  // In the same folder: a rename across file systems would be a copy.
  const draft = `${target}.${process.pid}.new`;
  const file = openSync(draft, "wx", 0o600);
  try {
    try {
      writeAll(file, Buffer.from(text, "utf8"));
      // Only root can, and only root has to: who else may write here owns both.
      if (process.getuid?.() === 0) fchownSync(file, uid, gid);
      fchmodSync(file, mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
