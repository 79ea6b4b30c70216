import type { Peer } from "./negotiation.ts";
import { PROTOCOL_MAJOR } from "./protocol-version.ts";
import { CAPABILITY_PATTERN, MAX_CAPABILITIES, MAX_UINT8, PLATFORM_PATTERN } from "./wire-limits.ts";

/** What a client says of itself in the address of a socket: the version part of a `Hello`. */
export interface VersionOffer extends Peer {
  platform: string;
}

export type VersionQuery =
  | { ok: true; offer: VersionOffer }
  /** `detail` says what was expected and what came, for the answer and for logs. */
  | { ok: false; reasonCode: "version_mismatch" | "malformed"; detail: string };

const VERSION = /^(\d{1,3})\.(\d{1,3})$/;

/** Writes an offer as the query of an address, without the question mark: rule P54 of docs/protocol.md. */
export function formatVersionQuery({ protocolMinor, capabilities, platform }: VersionOffer): string {
  const query = new URLSearchParams({ proto_version: `${PROTOCOL_MAJOR}.${protocolMinor}` });
  if (capabilities.length > 0) query.set("capabilities", capabilities.join(","));
  if (platform !== "") query.set("platform", platform);
  return query.toString();
}

/**
 * Reads the query of an address, of a socket that has no `Hello`: `proto_version=1.2&capabilities=a,b&platform=linux`. Without a
 * version it is 1.0, which had none. Takes any text; other parameters are not looked at.
 */
export function parseVersionQuery(query: string): VersionQuery {
  const parameters = new URLSearchParams(query);
  const version = parameters.get("proto_version") ?? `${PROTOCOL_MAJOR}.0`;
  const [, major, minor] = VERSION.exec(version) ?? [];
  if (major === undefined || Number(minor) > MAX_UINT8) {
    return malformed("proto_version", `a version such as ${PROTOCOL_MAJOR}.0`, version);
  }
  if (Number(major) !== PROTOCOL_MAJOR) {
    const detail = `this server speaks protocol ${PROTOCOL_MAJOR}.x, ${shown(version)} came`;
    return { ok: false, reasonCode: "version_mismatch", detail };
  }
  const capabilities = (parameters.get("capabilities") ?? "").split(",").filter((name) => name !== "");
  if (capabilities.length > MAX_CAPABILITIES) {
    return malformed("capabilities", `at most ${MAX_CAPABILITIES} names`, String(capabilities.length));
  }
  const odd = capabilities.find((name) => !CAPABILITY_PATTERN.test(name));
  if (odd !== undefined) return malformed("capabilities", "names of a-z, 0-9, _, a letter first", odd);
  const platform = parameters.get("platform") ?? "";
  if (!PLATFORM_PATTERN.test(platform)) return malformed("platform", "0 to 16 of a-z, 0-9, _", platform);
  return { ok: true, offer: { protocolMinor: Number(minor), capabilities, platform } };
}

function malformed(parameter: string, expected: string, got: string): VersionQuery {
  return { ok: false, reasonCode: "malformed", detail: `${parameter}: expected ${expected}, got ${shown(got)}` };
}

/** What somebody else wrote, quoted, short and on one line. */
function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
