import type { BotFleet } from "../../load/bot-fleet.ts";
import type { BotFigures } from "../../load/bot-messages.ts";
import type { LoadedZone, ZoneFigures } from "../../load/loaded-zone.ts";
import { sightRates } from "../../load/sight-rates.ts";
import { tickTimes } from "../../load/tick-times.ts";

type Look = readonly [zone: ZoneFigures, bots: readonly BotFigures[]];

/** What the server did while scripts were measured, and how often it told bots of those in their sight. */
export class ServerWatch {
  readonly #zone: LoadedZone;
  readonly #fleet: BotFleet;
  #from: Promise<Look> | undefined;
  #to: Promise<Look> | undefined;

  constructor(zone: LoadedZone, fleet: BotFleet) {
    this.#zone = zone;
    this.#fleet = fleet;
  }

  begin(): void {
    this.#from = this.#look();
  }

  end(): void {
    this.#to = this.#look();
  }

  /** Throws when nothing was measured. */
  async figures(): Promise<Record<string, number>> {
    if (this.#from === undefined || this.#to === undefined) throw new Error("the game did not say when it measured");
    const [from, botsFrom] = await this.#from;
    const [to, botsTo] = await this.#to;
    const seconds = to.atSeconds - from.atSeconds;
    const tickMs = tickTimes(from.samples, to.samples);
    const { nearest50Hz, nearest50P5Hz, othersHz } = sightRates(botsFrom, botsTo);
    return {
      serverTicksPerSecond: round((ticks(to) - ticks(from)) / seconds),
      serverTickP50Ms: round(tickMs(0.5)),
      serverTickP99Ms: round(tickMs(0.99)),
      serverCpu: round((to.cpuSeconds - from.cpuSeconds) / seconds),
      nearest50Hz,
      nearest50P5Hz,
      othersHz,
    };
  }

  async #look(): Promise<Look> {
    const look = Promise.all([this.#zone.figures(), this.#fleet.report()]);
    // Whoever asks for figures hears of it; until then nobody does.
    look.catch(() => {});
    return await look;
  }
}

function ticks({ samples }: ZoneFigures): number {
  return samples.find(({ name }) => name === "darkages_zone_ticks_total")?.value ?? 0;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
