import { createInputSample, type InputSample } from "../../../scripts/client/input-sample.ts";
import { InputSampler } from "../../../scripts/client/input-sampler.ts";
import { createCommand } from "../../../scripts/simulation/command.ts";
import { TICK_RATE_HZ } from "../../../scripts/simulation/constants.ts";
import type { RandomSource } from "../../../scripts/transport/conditioner/seeded-random.ts";
import type { Player } from "../../../server/zone/player.ts";
import { ScenarioBot } from "../../scenario/scenario-bot.ts";
import type { Ground } from "../../scenario/scenario-zone.ts";
import type { ResidentPlay } from "./resident-play.ts";

/** Hands and eyes have a frame in so many ticks: 15 a second, as those of the bots. */
const TICKS_PER_FRAME = 4;
const MS_PER_TICK = 1000 / TICK_RATE_HZ;

interface Walker {
  readonly player: Player;
  readonly bot: ScenarioBot;
  readonly input: InputSample;
  readonly sampler: InputSampler;
}

/** Residents who walk, turn, stop and jump on their ground. */
export class ResidentWalkers implements ResidentPlay {
  readonly #walkers: readonly Walker[];
  readonly #command = createCommand();

  constructor(players: readonly Player[], ground: Ground, random: RandomSource) {
    this.#walkers = players.map((player) => ({
      player,
      bot: new ScenarioBot(random, ground),
      input: { ...createInputSample(), yawRadians: random() * 2 * Math.PI },
      sampler: new InputSampler(),
    }));
  }

  play(serverTick: number): void {
    for (const [index, { player, bot, input, sampler }] of this.#walkers.entries()) {
      // Not all in the same tick.
      if ((serverTick + index) % TICKS_PER_FRAME === 0) {
        bot.drive(input, player.state, serverTick * MS_PER_TICK, TICKS_PER_FRAME * MS_PER_TICK);
        sampler.look(input);
      }
      sampler.take(serverTick, this.#command);
      player.commands.offer(this.#command);
    }
  }
}
