import { createCombatMessages } from "../../../scripts/protocol/combat/create-combat-messages.ts";
import { Button } from "../../../scripts/protocol/messages.ts";
import type { CombatWorld } from "../../../scripts/simulation/combat/combat-world.ts";
import { createCommand } from "../../../scripts/simulation/command.ts";
import type { Zone } from "../../../scripts/simulation/zone-file.ts";
import type { ZoneCombat } from "../../../server/zone/combat/zone-combat.ts";
import type { Player } from "../../../server/zone/player.ts";
import { createFightInput, type FightInput } from "../../combat/fight.ts";
import { type Battlefield, FightPlayers } from "../../combat/fight-players.ts";
import type { ResidentPlay } from "./resident-play.ts";

/** Residents ask for nobody who never was. */
const NOBODY_UNKNOWN = Number.MAX_SAFE_INTEGER;

/** Residents who fight everybody, by the wishes that a client would send: the server judges them like any other. */
export class ResidentFighters implements ResidentPlay, Battlefield {
  readonly combat: CombatWorld;
  readonly inputs: readonly FightInput[];
  /** Of the tick that is played. */
  tick = 0;
  readonly #players: readonly Player[];
  readonly #zoneCombat: ZoneCombat;
  readonly #spawns: number;
  readonly #minds: FightPlayers;
  readonly #command = createCommand();
  readonly #use = createCombatMessages().abilityUse;
  readonly #standUp = { ...createCombatMessages().combatCommand, kind: "respawn" as const };

  /** `players`: in the places from 0 on. */
  constructor(players: readonly Player[], combat: ZoneCombat, zone: Zone, seed: number) {
    const stranger = players.findIndex(({ place }, index) => place !== index);
    if (stranger >= 0)
      throw new Error(`expected the zone's first places for residents, number ${stranger} has another`);
    this.combat = combat.world;
    this.inputs = players.map(createFightInput);
    this.#players = players;
    this.#zoneCombat = combat;
    this.#spawns = zone.spawns.length;
    this.#minds = new FightPlayers(this, seed);
  }

  play(serverTick: number): void {
    this.tick = serverTick;
    this.#minds.decide();
    for (const [index, player] of this.#players.entries()) {
      const input = this.inputs[index];
      if (input !== undefined) this.#handIn(player, input, serverTick);
    }
  }

  #handIn(player: Player, { yaw, moveX, moveZ, buttons, ability, target, stand }: FightInput, serverTick: number) {
    const wished = this.combat.state.data.abilities[ability];
    const command = this.#command;
    command.tick = serverTick;
    command.yaw = yaw;
    command.moveX = moveX;
    command.moveZ = moveZ;
    command.buttons = buttons | (wished?.use === "dash" ? Button.dash : 0);
    player.commands.offer(command);
    // It sees everybody where they are.
    player.actions.acknowledge(serverTick - 1, serverTick - 1);
    if (wished !== undefined) {
      const use = this.#use;
      use.useId += 1;
      use.abilityId = wished.id;
      use.tick = serverTick;
      use.viewTick = serverTick - 1;
      use.targetEntityId = target;
      this.#zoneCombat.request(player, use, serverTick - 1);
    }
    if (stand && this.combat.mayRespawn(player.place) === "done") {
      const standUp = this.#standUp;
      standUp.commandId += 1;
      standUp.number = player.place % this.#spawns;
      this.#zoneCombat.command(player, standUp, NOBODY_UNKNOWN);
    }
  }
}
