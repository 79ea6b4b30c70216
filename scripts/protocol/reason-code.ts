import { ReasonCode as WireReasonCode } from "./generated/wire/reason-code.ts";
import type { ReasonCode } from "./messages.ts";

/** Every reason code with its number on the wire. Exhaustive by type, checked against the schema by a test. */
const NUMBERS: Readonly<Record<ReasonCode, WireReasonCode>> = {
  internal: WireReasonCode.internal,
  version_mismatch: WireReasonCode.version_mismatch,
  server_full: WireReasonCode.server_full,
  name_taken: WireReasonCode.name_taken,
  name_invalid: WireReasonCode.name_invalid,
  malformed: WireReasonCode.malformed,
  world_mismatch: WireReasonCode.world_mismatch,
  rate_limited: WireReasonCode.rate_limited,
  timeout: WireReasonCode.timeout,
  shutting_down: WireReasonCode.shutting_down,
  left: WireReasonCode.left,
  invalid_state: WireReasonCode.invalid_state,
};

/** All reason codes, in no particular order. */
export const REASON_CODES = Object.keys(NUMBERS) as readonly ReasonCode[];

const CODES = new Map<number, ReasonCode>(REASON_CODES.map((code) => [NUMBERS[code], code]));

/** The number of `code` on the wire, also fit for the close code of a transport. */
export function reasonNumber(code: ReasonCode): number {
  return NUMBERS[code];
}

/** The code with that number; "internal" for a number that this version does not know. */
export function reasonCode(number: number): ReasonCode {
  return CODES.get(number) ?? "internal";
}
