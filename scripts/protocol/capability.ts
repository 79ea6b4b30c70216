/** Everything that two peers can agree on beyond the version: rules P47 to P49 of docs/protocol.md. The closed set. */
export const Capability = {
  /** Snapshots as differences: the server sends `SnapshotDelta` in place of `Snapshot`, the zone's ground is the codec's terrain. */
  snapshotDelta: "snapshot_delta_v1",
} as const;
export type Capability = (typeof Capability)[keyof typeof Capability];

/** What this code can do, as either end. */
export const OWN_CAPABILITIES: readonly Capability[] = Object.values(Capability);

/** What holds in a session: what is known here of what the other side offers. Other names are ignored. */
export function agreedCapabilities(
  offered: readonly string[] = [],
  own: readonly Capability[] = OWN_CAPABILITIES,
): Capability[] {
  return own.filter((capability) => offered.includes(capability));
}
