import { Capability } from "../protocol/capability.ts";

/** So many unreadable packets within `WINDOW_MS` are no accident. Below what makes a server or a client give up on the other. */
const TOO_MANY = 6;
const WINDOW_MS = 5_000;

/**
 * Notices when what comes by a capability cannot be read any more, so that the server can be asked to do without. Blames the
 * capability that the packets belong to; once that has been given up, the one that it needs.
 */
export class CodecTrouble {
  readonly #counts = new Map<Capability, { sinceMs: number; packets: number }>();

  /**
   * A packet that came by `capability` could not be read. Returns whether that is one too many: at most once in `WINDOW_MS`, in
   * which what is done about it arrives.
   */
  report(capability: Capability, nowMs: number): boolean {
    let count = this.#counts.get(capability);
    if (count === undefined || nowMs - count.sinceMs > WINDOW_MS) {
      count = { sinceMs: nowMs, packets: 0 };
      this.#counts.set(capability, count);
    }
    count.packets += 1;
    if (count.packets !== TOO_MANY) return false;
    count.sinceMs = nowMs;
    return true;
  }

  reset(): void {
    this.#counts.clear();
  }
}

/** What to blame for an unreadable packet: the differences while they are in use and it is one of theirs, otherwise the codec. */
export function blamed(isDifference: boolean, inUse: readonly string[]): Capability {
  return isDifference && inUse.includes(Capability.snapshotDelta) ? Capability.snapshotDelta : Capability.sequenced;
}
