/** Everything that can be wrong with a packet of the snapshot codec. */
export type SnapshotError =
  /** Less than a header, or the records go on where the packet ends. */
  | "too_short"
  | "too_long"
  /** The records end before the packet does. */
  | "bad_length"
  /** A slot, an id, a position or a tick that cannot be. */
  | "out_of_range"
  /** So late that its baselines are forgotten; nothing to worry about. */
  | "stale"
  /** A snapshot number far away from all that came before: a keyframe is needed. */
  | "bad_number"
  /** A difference to a state that is not here: a keyframe is needed. */
  | "unknown_baseline";

/** What was wrong with a packet. Reused from packet to packet. */
export class SnapshotFailure {
  error: SnapshotError | "" = "";
  /** What was expected and what came. Built only when something is wrong. */
  detail = "";

  clear(): void {
    this.error = "";
    this.detail = "";
  }

  /** Records the failure; always returns `false`, so that a check can end with it. */
  set(error: SnapshotError, subject: string, expected: string, got: string | number): false {
    this.error = error;
    this.detail = `${subject}: expected ${expected}, got ${got}`;
    return false;
  }
}
