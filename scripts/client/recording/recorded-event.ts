import type { CloseCause } from "../../transport/transport.ts";
import type { CombatIntent } from "../combat/combat-intent.ts";
import type { InputSample } from "../input-sample.ts";
import type { StateHash } from "./state-hash.ts";

/** How the recorded client was made, and by what. */
export interface RecordedStart {
  clientBuild: string;
  platform?: string;
  protocolMinor?: number;
  capabilities?: readonly string[];
  followsOthers?: boolean;
  /** Wall clock, milliseconds since 1970. */
  recordedAtMs: number;
  /** What ran it, such as "node 24.18.0, v8 13.6.233". */
  runtime: string;
}

/** A zone file as a client got it: FNV-1a of all its bytes as 16 hexadecimal digits, and their number. */
export interface RecordedZone {
  readonly hash: string;
  readonly bytes: number;
}

/** How asking for a zone went: it was there, it comes later, or not at all. */
export type ZoneAnswer =
  | { readonly how: "there"; readonly zone: RecordedZone }
  | { readonly how: "later" }
  | { readonly how: "failed"; readonly reason: string };

export type EndReason = "stopped" | "full";

/** One entry of a recording. Bytes are views of the file. `connection` is the transport's id of it. */
export type RecordedEvent =
  | { readonly kind: "start"; readonly start: RecordedStart }
  | { readonly kind: "connect"; readonly address: string; readonly name: string }
  | { readonly kind: "disconnect" }
  | { readonly kind: "intent"; readonly intent: CombatIntent }
  | { readonly kind: "dispose" }
  | { readonly kind: "frame"; readonly nowMs: number; readonly input: Readonly<InputSample> }
  | { readonly kind: "opened"; readonly connection: number; readonly address: string }
  | { readonly kind: "received"; readonly connection: number; readonly bytes: Uint8Array }
  | {
      readonly kind: "closed";
      readonly connection: number;
      readonly cause: CloseCause;
      readonly code: number;
      readonly detail: string;
    }
  | { readonly kind: "dialled"; readonly connection: number; readonly address: string }
  | {
      readonly kind: "sent";
      readonly connection: number;
      readonly reliable: boolean;
      /** Whether the transport took it. */
      readonly taken: boolean;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "hungUp"; readonly connection: number; readonly code: number; readonly detail: string }
  | {
      readonly kind: "statistics";
      readonly connection: number;
      readonly known: boolean;
      readonly rttMs: number;
      readonly inBytesPerSecond: number;
      readonly outBytesPerSecond: number;
      readonly pendingBytes: number;
    }
  | { readonly kind: "random"; readonly value: number }
  | { readonly kind: "zoneAsked"; readonly zone: string; readonly answer: ZoneAnswer }
  /** `asked`: which of the questions, counted from 0. */
  | { readonly kind: "zoneCame"; readonly asked: number; readonly answer: Exclude<ZoneAnswer, { how: "later" }> }
  | {
      readonly kind: "zonePart";
      readonly hash: string;
      /** Of the whole, compressed by raw deflate (RFC 1951). */
      readonly totalBytes: number;
      readonly offset: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "stateHash"; readonly hash: StateHash }
  | { readonly kind: "end"; readonly reason: EndReason }
  /** Of a later minor version. */
  | { readonly kind: "unknown"; readonly number: number; readonly bytes: Uint8Array };

export type EventOf<K extends RecordedEvent["kind"]> = Extract<RecordedEvent, { kind: K }>;
