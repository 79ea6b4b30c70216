import { FightCount } from "../../scripts/client/combat/fight-count.ts";
import { FightPilot } from "../../scripts/client/combat/fight-pilot.ts";
import { GameClient } from "../../scripts/client/game-client.ts";
import { createInputSample } from "../../scripts/client/input-sample.ts";
import { Capability } from "../../scripts/protocol/capability.ts";
import type { CombatData } from "../../scripts/simulation/combat/data/combat-data.ts";
import type { Zone } from "../../scripts/simulation/zone-file.ts";
import { ConditionedTransport } from "../../scripts/transport/conditioner/conditioned-transport.ts";
import type { LinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import { createSeededRandom } from "../../scripts/transport/conditioner/seeded-random.ts";
import type { Transport } from "../../scripts/transport/transport.ts";
import { ScenarioBot } from "../scenario/scenario-bot.ts";
import type { Ground } from "../scenario/scenario-zone.ts";
import type { LoadProtocol } from "./load-options.ts";
import type { SightWatch } from "./sight-watch.ts";
import { TappedTransport } from "./tapped-transport.ts";

/** Others who are nearer are fought. */
const NOTICE_METERS = 25;
const NO_BYTES = new Uint8Array(0);

export interface LoadBotOptions {
  name: string;
  seed: number;
  address: string;
  protocol: LoadProtocol;
  thin: boolean;
  /** Its own, or its share of one. */
  transport: Transport;
  link: LinkConditions | undefined;
  /** Where it stays, as soon as it is somewhere. */
  groundAround: (x: number, z: number) => Ground;
  /** The same for all bots of a process. */
  zone: Zone;
  /** Reads its mail, too. */
  watch: SightWatch | undefined;
  /** What it fights by; without it, it does not. */
  combat: CombatData | undefined;
  /** Name of a player whom it fights before all others. */
  quarry?: string;
}

/** A player without a screen: the game's client over a real network, and somebody at the keys. */
export class LoadBot {
  readonly client: GameClient;
  readonly name: string;
  readonly #input = createInputSample();
  readonly #random: () => number;
  readonly #options: LoadBotOptions;
  readonly count = new FightCount();
  readonly #pilot: FightPilot | undefined;
  #driver: ScenarioBot | undefined;
  #wasIn = false;

  constructor(options: LoadBotOptions) {
    const { seed, link, watch, protocol } = options;
    this.#options = options;
    this.name = options.name;
    this.#random = createSeededRandom(seed);
    let { transport } = options;
    if (link !== undefined) {
      transport = new ConditionedTransport({
        inner: transport,
        nowMs: () => performance.now(),
        seed,
        conditions: link,
      });
    }
    if (watch !== undefined) transport = new TappedTransport(transport, (bytes) => watch.read(bytes));
    this.client = new GameClient({
      transport,
      loadZone: () => NO_BYTES,
      decodeZone: () => ({ ok: true, zone: options.zone }),
      random: this.#random,
      clientBuild: "load",
      platform: "headless",
      ...(protocol === "v1" && { capabilities: [Capability.legacy, Capability.rejectReason] }),
      ...(options.combat && { combat: options.combat }),
      ...(options.thin && { followsOthers: false }),
    });
    const hunt = { prey: "everybody" as const, noticeMeters: NOTICE_METERS };
    const { combat, quarry } = options;
    this.#pilot = combat && new FightPilot(combat, { ...hunt, ...(quarry !== undefined && { quarry }) });
    this.#input.yawRadians = this.#random() * 2 * Math.PI;
    this.client.connect({ address: options.address, name: options.name });
  }

  /** Whether it is in the world and knows where. */
  get plays(): boolean {
    return this.client.own.present;
  }

  /** Why it is not in the world and will not be; undefined while there is hope. */
  get failure(): string | undefined {
    const { state } = this.client.connection;
    if (state.kind === "rejected") return JSON.stringify(state);
    return this.#wasIn && !this.plays ? `it was in the world, and is ${JSON.stringify(state)} now` : undefined;
  }

  frame(nowMs: number, frameMs: number): void {
    const { own } = this.client;
    if (own.present) {
      this.#wasIn = true;
      this.#driver ??= new ScenarioBot(this.#random, this.#options.groundAround(own.x, own.z));
      if (!this.#fights(frameMs)) this.#driver.drive(this.#input, own, nowMs, frameMs);
    }
    this.client.update(nowMs, this.#input);
    if (this.#pilot !== undefined) this.count.add(this.client.combat.events, own.entityId);
  }
  /** Whether there is a fight: then the hands are on that. */
  #fights(frameMs: number): boolean {
    if (this.#pilot === undefined) return false;
    const { client } = this;
    const { own } = client;
    const input = this.#input;
    const wish = this.#pilot.decide(client.combat, own, client.remotes, frameMs / 1000);
    if (wish.intent !== undefined) client.act(wish.intent);
    if (!wish.busy) return false;
    input.moveX = 0;
    input.moveZ = wish.forward ? -1 : 0;
    input.sprint = false;
    input.jump = false;
    if (!client.combat.death.dead) input.yawRadians = Math.atan2(own.x - wish.lookX, own.z - wish.lookZ);
    return true;
  }
}
