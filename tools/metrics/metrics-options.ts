import { parseArgs } from "node:util";
import { OWN_CAPABILITIES } from "../../scripts/protocol/capability.ts";

export interface CompareOptions {
  /** A URL that starts with http, or a file. */
  source: string;
  feature: string;
  /** How long to watch; 0 for everything since the server started. */
  seconds: number;
  json: boolean;
}

const LONGEST_SECONDS = 3_600;

export const METRICS_USAGE = `npm run metrics -- compare URL_OR_FILE --by FEATURE [options]

  Puts the sessions that use a feature beside those that do not. URL: as the zone server says in its "listening" line when it
  runs with --metrics, such as http://127.0.0.1:9100/metrics. FILE: what was fetched from there.

  --by FEATURE     ${OWN_CAPABILITIES.join(", ")}
  --seconds N      watch for so long, up to ${LONGEST_SECONDS}, instead of everything since the server started; URL only
  --json           one JSON line for programs
`;

/** Reads the command line. What cannot be right comes back as a sentence for the person who typed it. */
export function readMetricsOptions(args: string[]): CompareOptions | { problem: string } {
  let values: { by?: string; seconds?: string; json?: boolean };
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { by: { type: "string" }, seconds: { type: "string" }, json: { type: "boolean" } },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const [command, source, ...rest] = positionals;
  if (command !== "compare") return { problem: `expected the command compare, ${quoted(command)} came` };
  if (source === undefined) return { problem: "compare takes the URL of a zone server's metrics or a file, none came" };
  if (rest.length > 0) return { problem: `compare takes one URL or file, ${quoted(rest[0])} came as well` };
  const known = OWN_CAPABILITIES.find((capability) => capability === values.by);
  if (known === undefined)
    return { problem: `--by takes one of ${OWN_CAPABILITIES.join(", ")}; ${quoted(values.by)} came` };
  const seconds = Number(values.seconds ?? "0");
  if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
    return { problem: `--seconds takes a number from 0 to ${LONGEST_SECONDS}, ${quoted(values.seconds)} came` };
  }
  if (seconds > 0 && !isUrl(source))
    return { problem: `--seconds needs a URL to ask twice, the file ${quoted(source)} came` };
  return { source, feature: known, seconds, json: values.json ?? false };
}

export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

function quoted(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}
