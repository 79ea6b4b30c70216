import { readFileSync, type Stats, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";

/** Far more than a list of 10,000 players for every feature needs. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** A feature file that cannot even be read; the message says why, without the file's name. */
export class FeatureFileError extends Error {}

/** Text of the file. Throws a `FeatureFileError`. */
export function readFeatureFile(path: string): string {
  try {
    checkKind(statSync(path));
    return decode(readFileSync(path));
  } catch (error) {
    throw asFileError(error);
  }
}

/** The same without keeping anybody waiting. Rejects with a `FeatureFileError`. */
export async function readFeatureFileLater(path: string): Promise<string> {
  try {
    checkKind(await stat(path));
    return decode(await readFile(path));
  } catch (error) {
    throw asFileError(error);
  }
}

/** A pipe would never end, and a device might not. */
function checkKind(stats: Stats): void {
  if (!stats.isFile()) throw new FeatureFileError("expected a file, got a folder or a device");
  if (stats.size > MAX_FILE_BYTES) {
    throw new FeatureFileError(`expected at most ${MAX_FILE_BYTES} bytes, got ${stats.size}`);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FeatureFileError("expected UTF-8, got other bytes: save it as UTF-8");
  }
}

function asFileError(error: unknown): FeatureFileError {
  if (error instanceof FeatureFileError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return new FeatureFileError(code === "ENOENT" ? "there is no such file" : `cannot be read (${code})`);
}
