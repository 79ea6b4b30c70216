import type { CombatData } from "../../../simulation/combat/data/combat-data.ts";
import type { AbilitySlotView } from "./ability-slot-view.ts";
import type { CombatTextFeed } from "./combat-text.ts";
import type { DeathView } from "./death-view.ts";
import type { FightEventFeed } from "./fight-events.ts";
import type { NameplateView } from "./nameplate-view.ts";
import type { PartyView } from "./party-view.ts";
import type { SelfView } from "./self-view.ts";
import type { TargetView } from "./target-view.ts";

/**
 * Everything that a player interface shows of a fight: `GameClient.combat`. The same objects for the life of the client, refilled by every
 * `update`. Each part has a `revision` that rises only when something in it has changed: draw a part again when its revision is another one than
 * the last time, and only then. What moves by itself (radials, cast bars, timers) is drawn from ticks against `ownTick` or `serverTick`.
 * Reading makes no objects. Names and icons come from the data files and are the same string objects for ever.
 */
export interface CombatView {
  /** Whether the server has combat and it is in use in this session: without it there is nothing to show. */
  readonly inUse: boolean;
  /** What is fought by, as the data files say: how wide, how fast, how long. */
  readonly data: CombatData | undefined;
  /** The player's own time in ticks, with fraction: number of the newest command. Cooldowns and own casts run by it. */
  readonly ownTick: number;
  /** The server's time in ticks, with fraction, as it is now. Auras, others' casts and death run by it. */
  readonly serverTick: number;
  readonly self: SelfView;
  /** `SLOT_COUNT` slots. */
  readonly bar: readonly AbilitySlotView[];
  /** Of the global cooldown, for a bar of its own: in `ownTick`. */
  readonly globalCooldownStartTick: number;
  readonly globalCooldownEndTick: number;
  readonly target: TargetView;
  readonly party: PartyView;
  readonly death: DeathView;
  readonly text: CombatTextFeed;
  /** What happened in this frame, for bodies, sounds and what flies. */
  readonly events: FightEventFeed;
  readonly nameplates: NameplateView;
  /** The last command that was refused (party, respawn, target) in a sentence, and how many were: shown when the number rises. */
  readonly notice: string;
  readonly notices: number;
}
