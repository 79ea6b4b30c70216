import { Capability } from "../../../scripts/protocol/capability.ts";
import { createActionEvent, createActionResult } from "../../../scripts/protocol/create-messages.ts";
import type { Action, ActionEvent, ActionOutcome, ActionResult } from "../../../scripts/protocol/messages.ts";
import { wasDone } from "../../../scripts/simulation/action/action-outcome.ts";
import { judgeStrike, STRIKE_COOLDOWN_TICKS, strikeDistance } from "../../../scripts/simulation/action/strike.ts";
import { POSITION_STEPS_PER_METER, TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import type { AreaOfInterest } from "../area-of-interest.ts";
import type { Character } from "../character.ts";
import type { Player } from "../player.ts";
import type { ZoneCounters } from "../zone-counters.ts";
import type { WaitingAction } from "./action-inbox.ts";
import { chooseRewind, type Rewind } from "./rewind.ts";
import { ToldHistory, type ToldPosition } from "./told-history.ts";

/** Ticks that an action waits for its command after it came: as long as the command itself is waited for, and a little. */
export const MAX_WAIT_TICKS = 36;
/** Ticks that an action may come after its command ran: half a second. */
export const MAX_LATE_TICKS = 30;
/** Commands ahead of the newest one that the server keeps: no command further ahead will be taken. */
export const MAX_AHEAD_TICKS = 128;
const MS_PER_TICK = 1000 / TICK_RATE_HZ;

/** Tells players what came of actions. Messages are reused: valid during the call. */
export interface ActionTeller {
  actionResult(player: Player, message: ActionResult): void;
  actionEvent(player: Player, message: ActionEvent): void;
}

export interface LagCompensationParts {
  /** Who sees whom: others are told of what they see. */
  area: AreaOfInterest;
  maxPlayers: number;
  counters: ZoneCounters;
  tell: ActionTeller;
  /** Is told of every hit. */
  onHit?: (attacker: Player, target: Player) => void;
}

/**
 * Decides what comes of actions: the attacker as it was after the command of the action's tick, the target where the attacker saw it. Nothing that
 * a client says is believed but the moment that it saw, and that within 400 ms.
 */
export class LagCompensation {
  readonly #area: AreaOfInterest;
  readonly #told: ToldHistory;
  readonly #counters: ZoneCounters;
  readonly #tell: ActionTeller;
  readonly #onHit: ((attacker: Player, target: Player) => void) | undefined;
  readonly #attacker = { x: 0, y: 0, z: 0, yaw: 0 };
  readonly #target = { x: 0, y: 0, z: 0 };
  readonly #rewind: Rewind = { tick: 0, favouredTarget: false, plausible: true };
  readonly #result = createActionResult();
  readonly #event = createActionEvent();

  constructor({ area, maxPlayers, counters, tell, onHit }: LagCompensationParts) {
    this.#area = area;
    this.#told = new ToldHistory(maxPlayers);
    this.#counters = counters;
    this.#tell = tell;
    this.#onHit = onHit;
  }

  /** Writes down where others are told at this tick that everybody is. */
  record(serverTick: number, players: readonly Character[], creatures: readonly Character[] = []): void {
    this.#told.begin(serverTick);
    for (const { place, entityId, shown } of players) {
      this.#told.write(place, entityId, shown.x, shown.y, shown.z);
    }
    for (const { place, entityId, shown } of creatures) {
      this.#told.write(place, entityId, shown.x, shown.y, shown.z);
    }
  }

  /**
   * Where a player saw somebody who is at a place now, and at which moment; nothing if it cannot have. The moment is valid until the next call.
   */
  locate(
    player: Player,
    place: number,
    entityId: number,
    view: Readonly<Pick<Action, "viewTick" | "viewFraction">>,
    serverTick: number,
    out: ToldPosition,
  ): Readonly<Rewind> | undefined {
    const rewind = this.#rewind;
    chooseRewind(view, serverTick, this.#told.newestTick, player.actions.ackedTick, rewind);
    if (!rewind.plausible) this.#counters.viewsImplausible += 1;
    return this.#told.locate(place, entityId, rewind.tick, out) ? rewind : undefined;
  }

  /** An action came. It is decided on in the tick in which its command has run, or refused at once. */
  request(player: Player, action: Readonly<Action>, serverTick: number): void {
    const admission = player.actions.offer(action, serverTick);
    if (admission === "known") this.#counters.actionsKnown += 1;
    else if (admission === "limited_again") this.#counters.actionsRateLimited += 1;
    else if (admission === "limited") {
      this.#counters.actionsRateLimited += 1;
      this.#begin(action, serverTick);
      this.#answer(player, "rate_limited");
    }
  }

  /** Decides on all actions that can be decided on. `nextEntityId`: nobody has had this entity id yet, or a higher one. */
  judge(serverTick: number, players: readonly Player[], nextEntityId: number): void {
    for (const player of players) {
      const { actions } = player;
      for (let index = 0; index < actions.count; ) {
        const action = actions.waiting(index);
        const outcome = this.#outcome(player, action, serverTick, players, nextEntityId);
        if (outcome === undefined) {
          index += 1;
          continue;
        }
        this.#answer(player, outcome);
        if (wasDone(outcome)) this.#show(player, action, outcome, players);
        actions.remove(index);
      }
    }
  }

  /** What comes of an action, with the rest of the result filled in; `undefined` while it waits for its command. */
  #outcome(
    player: Player,
    action: Readonly<WaitingAction>,
    serverTick: number,
    players: readonly Player[],
    nextEntityId: number,
  ): ActionOutcome | undefined {
    this.#begin(action, serverTick);
    if (!player.features.inUse.includes(Capability.action)) return "switched_off";
    if (action.kind !== "strike") return "unknown_action";
    const ahead = action.tick - player.commands.lastExecutedTick;
    if (ahead > MAX_AHEAD_TICKS) return "too_far_ahead";
    if (ahead > 0) return serverTick - action.arrivedTick < MAX_WAIT_TICKS ? undefined : "no_command";
    if (-ahead > MAX_LATE_TICKS) return "too_late";
    if (!player.trail.read(action.tick, this.#attacker)) return "no_command";
    if (action.targetEntityId === player.entityId) return "self";
    if (action.targetEntityId >= nextEntityId) return "no_such_target";
    const cooldown = player.actions.doneTick + STRIKE_COOLDOWN_TICKS - action.tick;
    if (cooldown > 0) {
      this.#result.cooldownTicks = Math.min(cooldown, 255);
      return "cooldown";
    }
    player.actions.doneTick = action.tick;
    this.#result.cooldownTicks = STRIKE_COOLDOWN_TICKS;
    if (action.targetEntityId === 0) return "no_target";
    const target = players.find(({ entityId }) => entityId === action.targetEntityId);
    return target === undefined ? "target_gone" : this.#judgeAt(player, target, action, serverTick);
  }

  /** Looks at the target as the attacker saw it. */
  #judgeAt(player: Player, target: Player, action: Readonly<Action>, serverTick: number): ActionOutcome {
    const rewind = this.#rewind;
    chooseRewind(action, serverTick, this.#told.newestTick, player.actions.ackedTick, rewind);
    if (!rewind.plausible) this.#counters.viewsImplausible += 1;
    // Who came in this very moment was shown to nobody.
    if (!this.#told.locate(target.place, target.entityId, rewind.tick, this.#target)) return "target_gone";
    if (rewind.favouredTarget) this.#counters.targetsFavoured += 1;
    const result = this.#result;
    result.favouredTarget = rewind.favouredTarget;
    result.rewoundMs = Math.round((serverTick - rewind.tick) * MS_PER_TICK);
    result.distance = Math.round(strikeDistance(this.#attacker, this.#target) * POSITION_STEPS_PER_METER);
    const verdict = judgeStrike(this.#attacker, this.#attacker.yaw, this.#target);
    if (verdict === "hit") this.#onHit?.(player, target);
    return verdict;
  }

  #begin(action: Readonly<Action>, serverTick: number): void {
    const result = this.#result;
    result.actionId = action.actionId;
    result.serverTick = serverTick;
    result.targetEntityId = action.targetEntityId;
    result.rewoundMs = 0;
    result.distance = 0;
    result.cooldownTicks = 0;
    result.favouredTarget = false;
  }

  #answer(player: Player, outcome: ActionOutcome): void {
    this.#result.outcome = outcome;
    const done = wasDone(outcome);
    if (outcome === "hit") this.#counters.actionsHit += 1;
    else if (done) this.#counters.actionsMissed += 1;
    else if (outcome !== "rate_limited") this.#counters.actionsRefused += 1;
    this.#tell.actionResult(player, this.#result);
  }

  /** Tells the target, and those who see the attacker as far as they have time for strangers. */
  #show(attacker: Player, action: Readonly<Action>, outcome: ActionOutcome, players: readonly Player[]): void {
    const event = this.#event;
    const { serverTick, rewoundMs, favouredTarget } = this.#result;
    event.serverTick = serverTick;
    event.kind = action.kind;
    event.attackerEntityId = attacker.entityId;
    event.targetEntityId = action.targetEntityId;
    event.outcome = outcome;
    event.rewoundMs = rewoundMs;
    event.favouredTarget = favouredTarget;
    for (const viewer of players) {
      if (viewer === attacker || !viewer.features.inUse.includes(Capability.action)) continue;
      if (viewer.entityId !== action.targetEntityId) {
        if (!this.#area.sees(viewer.place, attacker.place) || !viewer.actions.takesEvent(serverTick)) continue;
      }
      this.#tell.actionEvent(viewer, event);
    }
  }
}
