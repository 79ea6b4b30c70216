import { readFile } from "node:fs/promises";
import { isUrl } from "./metrics-options.ts";
import { parseExposition, type Sample } from "./parse-exposition.ts";

const FETCH_TIMEOUT_MS = 10_000;

/** Fetches or reads an exposition. Throws an `Error` with a sentence for the person who asked. */
export async function readMetrics(source: string): Promise<Sample[]> {
  const text = isUrl(source) ? await download(source) : await read(source);
  let samples: Sample[];
  try {
    samples = parseExposition(text);
  } catch (error) {
    throw new Error(`${source} is no Prometheus text: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!samples.some(({ name }) => name.startsWith("darkages_protocol_"))) {
    throw new Error(`${source} has no darkages_protocol_ metrics: expected those of a zone server, under /metrics`);
  }
  return samples;
}

async function download(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Error(`${url} does not answer: ${cause}. Does the zone server run with --metrics?`);
  }
  if (!response.ok) throw new Error(`${url} answers ${response.status}: expected the /metrics of a zone server`);
  return response.text();
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
