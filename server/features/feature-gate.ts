import type { Capability } from "../../scripts/protocol/capability.ts";

/** Whom a feature is asked about. */
export interface FeatureSubject {
  /** The name key of `checkPlayerName`: what the percentage goes by, the same in every session of a player. */
  readonly playerKey: string;
  /** The zone that the player is in. */
  readonly zone: string;
  /** `Hello.platform`, empty when the client did not say. */
  readonly platform: string;
}

/**
 * What a server allows. A feature is on for a player when both ends are capable of it and the gate allows it; the gate knows
 * nothing of capabilities, nor of which feature needs which other.
 */
export interface FeatureGate {
  /**
   * Rises with every change after which `allows` may answer differently, not with one of words: who keeps an answer compares
   * this once a tick and asks again.
   */
  readonly revision: number;
  /** The same answer for the same question as long as `revision` stays. Allocates nothing. */
  allows(feature: Capability, subject: FeatureSubject): boolean;
}

/** Refuses nothing: for tests, and for servers without a feature file. */
export const allowEverything: FeatureGate = Object.freeze({ revision: 0, allows: () => true });
