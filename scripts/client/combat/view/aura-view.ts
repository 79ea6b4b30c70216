/** One buff or debuff. */
export interface AuraView {
  /** Number of the aura in the data. */
  readonly auraId: number;
  readonly name: string;
  readonly icon: string;
  readonly harmful: boolean;
  /** 1 or more. */
  readonly stacks: number;
  /** Server tick at which it ends; what is left is `endTick - CombatView.serverTick`, 60 a second. */
  readonly endTick: number;
  /** Of the whole, for a radial: ticks from its application to `endTick`. */
  readonly durationTicks: number;
  /** What it still absorbs, points; 0 if it is none that absorbs. */
  readonly absorb: number;
  /** Who applied it. */
  readonly sourceEntityId: number;
}

/** Up to 16 auras of somebody: the first `count` of `entries`, in the order in which they were applied. Entries are reused. */
export interface AuraList {
  readonly revision: number;
  readonly count: number;
  readonly entries: readonly AuraView[];
}
