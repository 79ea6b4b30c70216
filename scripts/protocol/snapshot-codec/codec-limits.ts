// Numbers that both ends of the codec must agree on: changing one changes the wire format.

/** Snapshots whose states either end remembers, per entity. A power of two. */
export const HISTORY_SNAPSHOTS = 32;
/**
 * Oldest baseline that a sender uses, in snapshots. The rest of the history is room for packets that overtake each other:
 * one that comes up to 8 snapshots late still finds its baseline.
 */
export const MAX_BASELINE_AGE = 24;
/** Snapshots by which a packet may be late and still must find its baselines. */
export const REORDER_SNAPSHOTS = HISTORY_SNAPSHOTS - MAX_BASELINE_AGE;
/** A packet that is further ahead of the newest one than this is not believed: 51 s at 20 Hz, longer than a session survives silence. */
export const MAX_SNAPSHOT_JUMP = 1024;

/** Slots that a sender may give out to one receiver; both ends may agree on fewer. */
export const MAX_SLOTS = 1024;
/** Largest position either way, 1/1024 m: rule "Units" of docs/protocol.md. */
export const POSITION_LIMIT = 2 ** 24;

/** Snapshot number, 16 bits, and tick, 32 bits, both little-endian; the range coder's bytes follow. */
export const CODEC_HEADER_BYTES = 6;
/** Payload of one packet that travels in one datagram beside all headers. */
export const MAX_CODEC_PACKET_BYTES = 1150;
/** No record is longer, whatever the probabilities; see `delta-record.ts` and `absolute-record.ts`. */
export const MAX_RECORD_BYTES = 64;

/** Fall of a free body per snapshot in which it has fallen for one, 1/1024 m: 20 m/s² at 20 snapshots/s. Only a guess rests on it. */
export const FALL_STEPS_PER_SNAPSHOT_SQUARED = 51.2;
