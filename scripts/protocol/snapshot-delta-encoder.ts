import { MessageType, type OwnReport, type OwnState } from "./messages.ts";
import { HEADER_BYTES, type PacketHeader, writePacketHeader } from "./packet-header.ts";
import { DeltaBit, MAX_OWN_REPORT_BYTES, toUnsigned } from "./snapshot-delta-bytes.ts";
import {
  MAX_PACKET_BYTES,
  MAX_POSITION_STEPS,
  MAX_UINT8,
  MAX_UINT16,
  MAX_UINT32,
  MAX_VELOCITY_STEPS,
} from "./wire-limits.ts";
import { assertInteger } from "./wire-value.ts";

/** What has packets of the snapshot codec to send; a `SnapshotSender` is one. */
export interface EntityPacketSource {
  /** Writes one packet at `offset` of `out` that will travel as `sequence`, and returns its bytes. */
  writePacket(sequence: number, out: Uint8Array, offset: number): number;
}

/** Lengths of which the view is kept. Longer packets than a datagram are not what anybody sends. */
const KEPT_VIEW_BYTES = 2_048;

/** Writes `SnapshotDelta` packets into memory that is reused. */
export class SnapshotDeltaEncoder {
  readonly #packet = new Uint8Array(MAX_PACKET_BYTES);
  readonly #views: (Uint8Array | undefined)[] = new Array(KEPT_VIEW_BYTES).fill(undefined);
  #at = 0;

  /** Throws `RangeError` on a value that the wire cannot carry. */
  encode(header: Readonly<PacketHeader>, report: Readonly<OwnReport>, entities: EntityPacketSource): Uint8Array {
    const { own } = report;
    assertInteger(report.serverTick, 1, MAX_UINT32, "snapshotDelta.serverTick");
    assertInteger(report.ackInputTick, 0, MAX_UINT32, "snapshotDelta.ackInputTick");
    assertInteger(report.inputBufferTicks, 0, MAX_UINT8, "snapshotDelta.inputBufferTicks");
    assertOwn(own);
    const moves = own.vx !== 0 || own.vy !== 0 || own.vz !== 0;
    const packet = this.#packet;
    this.#at = HEADER_BYTES;
    packet[this.#at++] =
      (own.grounded ? DeltaBit.grounded : 0) |
      (moves ? DeltaBit.velocity : 0) |
      (own.airTicks !== 0 ? DeltaBit.airTicks : 0) |
      (own.jumpCooldownTicks !== 0 ? DeltaBit.jumpCooldown : 0);
    packet[this.#at++] = report.inputBufferTicks;
    packet[this.#at++] = own.yaw;
    packet[this.#at++] = own.yaw >>> 8;
    this.#write((report.serverTick - report.ackInputTick) | 0);
    this.#write(own.x);
    this.#write(own.y);
    this.#write(own.z);
    if (moves) {
      this.#write(own.vx);
      this.#write(own.vy);
      this.#write(own.vz);
    }
    if (own.airTicks !== 0) packet[this.#at++] = own.airTicks;
    if (own.jumpCooldownTicks !== 0) packet[this.#at++] = own.jumpCooldownTicks;
    const bytes = entities.writePacket(header.sequence, packet, this.#at);
    assertInteger(bytes, 1, MAX_PACKET_BYTES - HEADER_BYTES - MAX_OWN_REPORT_BYTES, "bytes of snapshotDelta.entities");
    const end = this.#at + bytes;
    writePacketHeader(packet, MessageType.snapshotDelta, header, end - HEADER_BYTES);
    return this.#view(end);
  }

  #write(value: number): void {
    let rest = toUnsigned(value);
    while (rest > 0x7f) {
      this.#packet[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#packet[this.#at++] = rest;
  }

  #view(length: number): Uint8Array {
    const kept = this.#views[length];
    if (kept !== undefined) return kept;
    const view = this.#packet.subarray(0, length);
    if (length < KEPT_VIEW_BYTES) this.#views[length] = view;
    return view;
  }
}

function assertOwn(own: Readonly<OwnState>): void {
  assertInteger(own.x, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshotDelta.own.x");
  assertInteger(own.y, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshotDelta.own.y");
  assertInteger(own.z, -MAX_POSITION_STEPS, MAX_POSITION_STEPS, "snapshotDelta.own.z");
  assertInteger(own.vx, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS, "snapshotDelta.own.vx");
  assertInteger(own.vy, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS, "snapshotDelta.own.vy");
  assertInteger(own.vz, -MAX_VELOCITY_STEPS, MAX_VELOCITY_STEPS, "snapshotDelta.own.vz");
  assertInteger(own.yaw, 0, MAX_UINT16, "snapshotDelta.own.yaw");
  assertInteger(own.airTicks, 0, MAX_UINT8, "snapshotDelta.own.airTicks");
  assertInteger(own.jumpCooldownTicks, 0, MAX_UINT8, "snapshotDelta.own.jumpCooldownTicks");
}
