import { createSeededRandom, type RandomSource } from "../../../scripts/transport/conditioner/seeded-random.ts";
import type { Transport } from "../../../scripts/transport/transport.ts";
import { ScenarioBot } from "../../scenario/scenario-bot.ts";
import { OPEN_GROUND } from "../../scenario/scenario-zone.ts";
import type { VirtualPlayer } from "../../scenario/virtual-player.ts";
import type { VirtualWorld } from "../../scenario/virtual-world.ts";

/** Somebody who walks about on open ground, and what was done to them. */
export class SoakPlayer {
  readonly player: VirtualPlayer;
  /** What its link is over. */
  readonly wire: Transport;
  /** Wants to be in the world. */
  online = true;
  /** Until then what was done to them excuses corrections, lost connections and an outdated view, milliseconds. */
  troubledUntilMs = 0;
  /** Since when they have been in the world; infinite while they are not. */
  playingSinceMs = Number.POSITIVE_INFINITY;
  /** Since when they want to be in the world and are not; infinite while they are. */
  missingSinceMs: number;
  readonly #world: VirtualWorld;

  constructor(world: VirtualWorld, player: VirtualPlayer, wire: Transport, seed: number) {
    this.player = player;
    this.wire = wire;
    this.#world = world;
    this.missingSinceMs = world.nowMs;
    this.walk(createSeededRandom(seed));
  }

  get name(): string {
    return this.player.name;
  }

  get playing(): boolean {
    const { client } = this.player;
    return client.connection.state.kind === "playing" && client.own.present;
  }

  walk(random: RandomSource): void {
    const { player } = this;
    const bot = new ScenarioBot(random, OPEN_GROUND);
    player.beforeFrame = () => bot.drive(player.input, player.client.own, this.#world.nowMs, player.frameMs);
  }

  stand(): void {
    this.player.beforeFrame = () => {};
    Object.assign(this.player.input, { moveX: 0, moveZ: 0, jump: false, sprint: false });
  }

  /** Whatever goes wrong for them until `untilMs` has a reason. */
  trouble(untilMs: number): void {
    this.troubledUntilMs = Math.max(this.troubledUntilMs, untilMs);
  }
}
