import { Capability } from "./capability.ts";

/** How messages are written: the sequenced packets of version 1.x, or MessagePack. */
export type Codec = typeof Capability.sequenced | typeof Capability.legacy;

/** What one end can do. */
export interface Peer {
  /** Highest minor version of the common major. */
  protocolMinor: number;
  /** Capabilities by name. Names that are not known here are ignored. */
  capabilities: readonly string[];
}

/** What both ends can do. */
export interface Agreement {
  /** Minor version of the session. */
  readonly protocolMinor: number;
  /** In the order of the closed set. */
  readonly capabilities: readonly Capability[];
  /** How the client said hello: what it is answered in, and what is left when nothing else is allowed. */
  readonly codec: Codec;
}

/** Minor version that brought a capability: a session of an older one does not have it. Those said hello in their only codec. */
const SINCE: Readonly<Record<Capability, number>> = {
  [Capability.legacy]: 2,
  [Capability.sequenced]: 2,
  [Capability.snapshotDelta]: 1,
  [Capability.inputDelta]: 2,
  [Capability.rejectReason]: 2,
  [Capability.action]: 3,
  [Capability.combat]: 4,
};

/** A capability that means nothing without another one. */
const NEEDS: Partial<Record<Capability, Capability>> = {
  [Capability.snapshotDelta]: Capability.sequenced,
  [Capability.inputDelta]: Capability.sequenced,
};

/**
 * What a client and a server have in common: rules P44, P47 and P48. `codec` is that of the `Hello`, which proves that the
 * client can do it, named or not.
 */
export function negotiate(codec: Codec, client: Peer, server: Peer): Agreement {
  const protocolMinor = Math.min(client.protocolMinor, server.protocolMinor);
  const capabilities = Object.values(Capability).filter(
    (capability) =>
      capability === codec ||
      (SINCE[capability] <= protocolMinor &&
        client.capabilities.includes(capability) &&
        server.capabilities.includes(capability)),
  );
  return { protocolMinor, capabilities: withNeeds(capabilities), codec };
}

/**
 * What of an agreement is used: what a gate allows, rule P49. One codec is always left, the one of the `Hello` if none is allowed:
 * a session is never ended by a flag.
 */
export function featuresInUse(
  agreement: Agreement,
  allows: (capability: Capability) => boolean,
): readonly Capability[] {
  const allowed = agreement.capabilities.filter(allows);
  const heard = allowed.includes(Capability.sequenced) || allowed.includes(Capability.legacy);
  return withNeeds(
    heard ? allowed : agreement.capabilities.filter((c) => c === agreement.codec || allowed.includes(c)),
  );
}

/** What of these a `HelloAck` names: a peer is told of nothing that its version does not have. */
export function namedIn(protocolMinor: number, capabilities: readonly Capability[]): readonly Capability[] {
  return capabilities.filter((capability) => SINCE[capability] <= protocolMinor);
}

/** How to write where these are in use. */
export function codecInUse(capabilities: readonly string[]): Codec {
  return capabilities.includes(Capability.sequenced) ? Capability.sequenced : Capability.legacy;
}

function withNeeds(capabilities: readonly Capability[]): readonly Capability[] {
  return capabilities.filter((capability) => {
    const needed = NEEDS[capability];
    return needed === undefined || capabilities.includes(needed);
  });
}
