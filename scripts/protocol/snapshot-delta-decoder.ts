import type { DecodeFailure } from "./decode-error.ts";
import type { OwnState, SnapshotDelta } from "./messages.ts";
import { HEADER_BYTES } from "./packet-header.ts";
import { CODEC_HEADER_BYTES } from "./snapshot-codec/codec-limits.ts";
import { CODEC_TICK_AT, DeltaBit, toSigned } from "./snapshot-delta-bytes.ts";
import { MAX_POSITION_STEPS, MAX_VELOCITY_STEPS } from "./wire-limits.ts";

/** Lengths of which the view is kept. Longer ones, which no server of ours sends, cost a view each. */
const KEPT_VIEW_BYTES = 2_048;

/** Fills a `SnapshotDelta` from a packet in `memory`. What the codec's part says is for a `SnapshotReceiver` to judge. */
export class SnapshotDeltaDecoder {
  readonly #memory: Uint8Array;
  readonly #failure: DecodeFailure;
  readonly #views: (Uint8Array | undefined)[] = new Array(KEPT_VIEW_BYTES).fill(undefined);
  #at = 0;
  #end = 0;

  constructor(memory: Uint8Array, failure: DecodeFailure) {
    this.#memory = memory;
    this.#failure = failure;
  }

  /** `length`: of the packet, header included, which has been checked. Overwrites the packet in memory. */
  decode(length: number, out: SnapshotDelta): boolean {
    this.#at = HEADER_BYTES;
    this.#end = length;
    const { own } = out;
    const bits = this.#byte();
    out.inputBufferTicks = this.#byte();
    own.grounded = (bits & DeltaBit.grounded) !== 0;
    own.yaw = this.#byte() | (this.#byte() << 8);
    const behindTicks = this.#signed();
    own.x = this.#signed();
    own.y = this.#signed();
    own.z = this.#signed();
    const moves = (bits & DeltaBit.velocity) !== 0;
    own.vx = moves ? this.#signed() : 0;
    own.vy = moves ? this.#signed() : 0;
    own.vz = moves ? this.#signed() : 0;
    own.airTicks = (bits & DeltaBit.airTicks) !== 0 ? this.#byte() : 0;
    own.jumpCooldownTicks = (bits & DeltaBit.jumpCooldown) !== 0 ? this.#byte() : 0;
    const left = this.#end - this.#at;
    if (left < CODEC_HEADER_BYTES) {
      const expected = `${CODEC_HEADER_BYTES} bytes or more after the own state`;
      return this.#failure.set("bad_structure", "SnapshotDelta", expected, left);
    }
    out.serverTick = this.#tick();
    out.ackInputTick = (out.serverTick - behindTicks) >>> 0;
    if (out.serverTick === 0) return this.#failure.set("out_of_range", "SnapshotDelta.server_tick", "1 or more", 0);
    if (this.#failure.error !== "" || !this.#checkOwn(own)) return false;
    this.#memory.copyWithin(0, this.#at, this.#end);
    out.entities = this.#view(left);
    return true;
  }

  #checkOwn(own: Readonly<OwnState>): boolean {
    return (
      this.#within(own.x, MAX_POSITION_STEPS, "SnapshotDelta.own.x") &&
      this.#within(own.y, MAX_POSITION_STEPS, "SnapshotDelta.own.y") &&
      this.#within(own.z, MAX_POSITION_STEPS, "SnapshotDelta.own.z") &&
      this.#within(own.vx, MAX_VELOCITY_STEPS, "SnapshotDelta.own.vx") &&
      this.#within(own.vy, MAX_VELOCITY_STEPS, "SnapshotDelta.own.vy") &&
      this.#within(own.vz, MAX_VELOCITY_STEPS, "SnapshotDelta.own.vz")
    );
  }

  #within(value: number, limit: number, subject: string): boolean {
    if (value >= -limit && value <= limit) return true;
    return this.#failure.set("out_of_range", subject, `-${limit} to ${limit}`, value);
  }

  /** 0 past the end, which is found out after the last one. */
  #byte(): number {
    const at = this.#at++;
    return at < this.#end ? (this.#memory[at] ?? 0) : 0;
  }

  #signed(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte <= 0x7f) {
        if (shift === 28 && byte > 0x0f) break;
        return toSigned(value >>> 0);
      }
    }
    this.#failure.set("out_of_range", "SnapshotDelta", "numbers of up to 32 bits", "a longer one");
    return 0;
  }

  #tick(): number {
    const at = this.#at + CODEC_TICK_AT;
    const memory = this.#memory;
    const low = (memory[at] ?? 0) | ((memory[at + 1] ?? 0) << 8);
    return (low | ((memory[at + 2] ?? 0) << 16) | ((memory[at + 3] ?? 0) << 24)) >>> 0;
  }

  #view(length: number): Uint8Array {
    const kept = this.#views[length];
    if (kept !== undefined) return kept;
    const view = this.#memory.subarray(0, length);
    if (length < KEPT_VIEW_BYTES) this.#views[length] = view;
    return view;
  }
}
