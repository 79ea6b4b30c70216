/**
 * Everything that two peers can agree on beyond the version: rules P47 to P49 of docs/protocol.md. The closed set, in the
 * order in which it is written.
 */
export const Capability = {
  /** The messages in MessagePack, unsequenced: for old clients and for debugging. */
  legacy: "protocol_v1",
  /** The messages in sequenced packets, FlatBuffers and bit-packed. */
  sequenced: "protocol_v2_seq",
  /** Snapshots as differences: the server sends `SnapshotDelta` in place of `Snapshot`, the zone's ground is the codec's terrain. */
  snapshotDelta: "snapshot_delta_v1",
  /** The client sends `InputDelta` in place of `Input`. */
  inputDelta: "input_delta_v1",
  /** A `Reject` says a reason code, a trace id and a detail, and not just a sentence. */
  rejectReason: "reject_reason_v1",
  /** The client sends `Action`, the server answers and tells others. */
  action: "action_v1",
  /** Abilities, what comes of them, death, parties: the combat family. */
  combat: "combat_v1",
} as const;
export type Capability = (typeof Capability)[keyof typeof Capability];

/** What this code can do, as either end. */
export const OWN_CAPABILITIES: readonly Capability[] = Object.values(Capability);

/** Names of families to come. Nobody offers them yet; nothing else may be called so. */
export const RESERVED_CAPABILITIES: readonly string[] = ["minimap_full_v1", "minimap_delta_v2", "combo_v1"];

/** The capability with that name, if there is one. */
export function knownCapability(name: string): Capability | undefined {
  return OWN_CAPABILITIES.find((capability) => capability === name);
}
