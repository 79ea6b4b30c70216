/** Everything that can be wrong with received bytes: the closed set of rule P21 in docs/protocol.md. */
export type DecodeError =
  | "too_short"
  | "too_long"
  | "bad_magic"
  | "bad_version"
  | "bad_flags"
  | "bad_type"
  | "bad_length"
  | "bad_structure"
  | "missing_field"
  | "too_many"
  | "string_too_long"
  | "bad_utf8"
  | "out_of_range";

/** Where the parts of a decoder leave what they found wrong. Reused from packet to packet. */
export class DecodeFailure {
  error: DecodeError | "" = "";
  /** What was expected and what came. Built only when something is wrong. */
  detail = "";

  clear(): void {
    this.error = "";
    this.detail = "";
  }

  /** Records the failure; always returns `false`, so that a check can end with it. */
  set(error: DecodeError, subject: string, expected: string, got: string | number): false {
    this.error = error;
    this.detail = `${subject}: expected ${expected}, got ${got}`;
    return false;
  }
}
