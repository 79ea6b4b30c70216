import type { CombatSelf } from "../../protocol/combat/combat-messages.ts";
import { FighterState } from "../../protocol/combat/combat-words.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import type { Zone } from "../../simulation/zone-file.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { createDeath } from "./combat-parts.ts";

/** Whether and how the player died, and where it may come back. */
export class OwnDeath {
  readonly view = createDeath();
  readonly #data: CombatData | undefined;
  readonly #own: OwnView;
  readonly #remotes: RemoteEntities;

  constructor(data: CombatData | undefined, own: OwnView, remotes: RemoteEntities) {
    this.#data = data;
    this.#own = own;
    this.#remotes = remotes;
  }

  /** The server tells how the player is. */
  add(message: Readonly<CombatSelf>): void {
    const death = this.view;
    const dead = (message.state & FighterState.dead) !== 0;
    if (dead === death.dead && death.diedTick === message.diedTick) return;
    death.dead = dead;
    death.diedTick = message.diedTick;
    death.respawnTick = message.respawnTick;
    death.releaseTick = message.releaseTick;
    death.killerEntityId = message.killerEntityId;
    death.killerName = this.#remotes.nameOf(message.killerEntityId);
    death.killedByAbilityId = message.killedBy;
    death.killedBy = this.#data?.ability(message.killedBy)?.name ?? "";
    death.pending = false;
    death.points = [];
    death.revision += 1;
  }

  /** The player has chosen a place, or the answer to that came. */
  ask(pending: boolean): void {
    this.view.pending = pending;
    this.view.revision += 1;
  }

  /** One frame. `zone`: where one may come back; `undefined` while it is not there. */
  advance(zone: Zone | undefined): void {
    if (this.view.dead && this.view.points.length === 0) this.#fillPoints(zone);
  }

  /** The session is over. */
  clear(): void {
    this.view.dead = false;
    this.view.points = [];
    this.view.revision += 1;
  }

  #fillPoints(zone: Zone | undefined): void {
    const { x, z } = this.#own;
    const from = (to: { readonly x: number; readonly z: number }, ax: number, az: number) =>
      Math.sqrt((to.x - ax) ** 2 + (to.z - az) ** 2);
    this.view.points = (zone?.spawns ?? []).map((spawn, point) => {
      const named = [...(zone?.pointsOfInterest ?? [])].sort(
        (a, b) => from(a, spawn.x, spawn.z) - from(b, spawn.x, spawn.z),
      );
      const distanceMeters = Math.round(from(spawn, x, z));
      return { point, name: named[0]?.name ?? "", x: spawn.x, z: spawn.z, distanceMeters };
    });
    this.view.revision += 1;
  }
}
