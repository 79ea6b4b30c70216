import { Capability } from "../../../scripts/protocol/capability.ts";
import type { Camp } from "../../../scripts/simulation/camp.ts";
import type { CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { decodeZone, encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createSeededRandom } from "../../../scripts/transport/conditioner/seeded-random.ts";
import { LoopbackNetwork } from "../../../scripts/transport/loopback-network.ts";
import { ZoneServer } from "../../../server/zone/zone-server.ts";
import { createScenarioZone, OPEN_GROUND } from "../scenario-zone.ts";
import { RawFighter } from "./raw-fighter.ts";

const ADDRESS = "127.0.0.1:7777";
const TICK_MS = 1000 / 60;
const JOIN_MS = 200;

/** A real zone server with fights in virtual time, and fighters who send it whatever they like. */
export class RawFight {
  nowMs = 0;
  readonly server: ZoneServer;
  readonly fighters: RawFighter[] = [];
  readonly #network = new LoopbackNetwork({ nowMs: () => this.nowMs });
  #combatAllowed = true;
  #revision = 1;

  /** `camps`: where creatures live; nowhere, when absent. */
  constructor(data: CombatData, seed = 1, camps: readonly Camp[] = []) {
    const transport = this.#network.createTransport();
    transport.listen(ADDRESS);
    const decoded = decodeZone(encodeZone(createScenarioZone()));
    if (!decoded.ok) throw new Error(decoded.reason);
    const fight = this;
    this.server = new ZoneServer({
      ...{ transport, zone: decoded.zone, nowMs: () => this.nowMs, random: createSeededRandom(seed), maxPlayers: 8 },
      features: {
        get revision() {
          return fight.#revision;
        },
        allows: (feature) => fight.#combatAllowed || feature !== Capability.combat,
      },
      combat: { data, camps },
      log: () => {},
    });
  }

  /** All rules of a fight. */
  get rules() {
    const { combat } = this.server;
    if (combat === undefined) throw new Error("the server has no combat");
    return combat.world.state;
  }

  join(name: string): RawFighter {
    const fighter = new RawFighter(this.#network.createTransport(), ADDRESS);
    this.fighters.push(fighter);
    this.run(JOIN_MS);
    fighter.hello(name);
    this.run(JOIN_MS);
    return fighter;
  }

  /** Puts somebody on the open ground, metres east and south of its middle, and waits until it stands. */
  put(fighter: RawFighter, east: number, south: number): void {
    const player = this.server.players.find(({ entityId }) => entityId === fighter.entityId);
    if (player === undefined) throw new Error("expected a fighter who plays");
    const [x, z] = [OPEN_GROUND.x + east, OPEN_GROUND.z + south];
    const y = player.state.y + 3;
    placeMoveState(player.state, { x, y, z, yaw: 0 });
    this.run(1_500);
  }

  placeOf(fighter: RawFighter): number {
    return this.rules.fighters.placeOf(fighter.entityId);
  }

  allowCombat(allowed: boolean): void {
    this.#combatAllowed = allowed;
    this.#revision += 1;
  }

  /** `eachMs` runs a thousand times a second. */
  run(ms: number, eachMs: () => void = () => {}): void {
    const endMs = this.nowMs + ms;
    while (this.nowMs < endMs) {
      this.nowMs += 1;
      eachMs();
      const due = Math.floor(this.nowMs / TICK_MS) !== Math.floor((this.nowMs - 1) / TICK_MS);
      if (due) for (const fighter of this.fighters) fighter.command(this.server.serverTick);
      this.server.advance();
      for (const fighter of this.fighters) fighter.poll();
    }
  }

  dispose(): void {
    for (const { transport } of this.fighters) transport.dispose();
    this.server.stop();
  }
}
