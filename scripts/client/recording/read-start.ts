import { BytesProblem } from "./byte-reader.ts";
import type { RecordedStart } from "./recorded-event.ts";

const MOST_CAPABILITIES = 64;

/** Reads what a recording says of how its client was made. Throws `BytesProblem`. */
export function readStart(text: string): RecordedStart {
  const value = parse(text);
  const { clientBuild, recordedAtMs, runtime, platform, protocolMinor, capabilities, followsOthers } = value;
  if (typeof clientBuild !== "string") throw wrong("clientBuild", "a text", clientBuild);
  if (typeof runtime !== "string") throw wrong("runtime", "a text", runtime);
  if (typeof recordedAtMs !== "number") throw wrong("recordedAtMs", "a number", recordedAtMs);
  if (platform !== undefined && typeof platform !== "string") throw wrong("platform", "a text", platform);
  if (protocolMinor !== undefined && typeof protocolMinor !== "number") {
    throw wrong("protocolMinor", "a number", protocolMinor);
  }
  if (followsOthers !== undefined && typeof followsOthers !== "boolean") {
    throw wrong("followsOthers", "true or false", followsOthers);
  }
  if (capabilities !== undefined && !isNames(capabilities))
    throw wrong("capabilities", "a list of names", capabilities);
  return {
    clientBuild,
    recordedAtMs,
    runtime,
    ...(platform !== undefined && { platform }),
    ...(protocolMinor !== undefined && { protocolMinor }),
    ...(capabilities !== undefined && { capabilities }),
    ...(followsOthers !== undefined && { followsOthers }),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // Said below.
  }
  throw new BytesProblem("expected a JSON object that says how the client was made, got something else");
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MOST_CAPABILITIES && value.every((name) => typeof name === "string");
}

function wrong(field: string, expected: string, got: unknown): BytesProblem {
  return new BytesProblem(`expected ${field} to be ${expected}, got ${JSON.stringify(got)?.slice(0, 40)}`);
}
