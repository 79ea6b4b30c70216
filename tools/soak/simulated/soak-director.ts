import { createLinkConditions, type LinkConditions } from "../../../scripts/transport/conditioner/link-conditions.ts";
import { LINK_PROFILE_NAMES, linkProfile } from "../../../scripts/transport/conditioner/link-profiles.ts";
import { createSeededRandom, type RandomSource } from "../../../scripts/transport/conditioner/seeded-random.ts";
import type { Transport } from "../../../scripts/transport/transport.ts";
import { SERVER_ADDRESS, type VirtualWorld } from "../../scenario/virtual-world.ts";
import { SoakPlayer } from "./soak-player.ts";
import type { SoakWatch } from "./soak-watch.ts";
import type { SwitchedFeatures } from "./switched-features.ts";

/** Frames per second of those who stay, over and over. */
const FRAME_RATES = [60, 30, 20, 10] as const;
const VISITOR_FPS = 30;
const MOST_VISITORS = 3;
/** What happens, per simulated second. */
const RATES = { come: 0.15, go: 0.08, features: 0.08, pause: 0.02, sleep: 0.02, cut: 0.03, link: 0.05 } as const;
/** The longest cut. */
const LONGEST_CUT_MS = 8_500;
const PROFILES = LINK_PROFILE_NAMES.filter((name) => name !== "none");

interface Later {
  atMs: number;
  what: () => void;
}

/** Makes things happen to players, links and the server. Everything comes from one seed. */
export class SoakDirector {
  readonly counts = { reconnects: 0, visitors: 0, vanished: 0, serverRestarts: 0, sleeps: 0, linkCuts: 0 };
  residents: SoakPlayer[] = [];
  visitors: SoakPlayer[] = [];
  readonly #world: VirtualWorld;
  readonly #watch: SoakWatch;
  readonly #features: SwitchedFeatures;
  readonly #random: RandomSource;
  #later: Later[] = [];
  #link: LinkConditions = createLinkConditions();
  #playersMade = 0;

  constructor(world: VirtualWorld, watch: SoakWatch, features: SwitchedFeatures, seed: number) {
    this.#world = world;
    this.#watch = watch;
    this.#features = features;
    this.#random = createSeededRandom(seed, 77);
  }

  get everybody(): SoakPlayer[] {
    return [...this.residents, ...this.visitors];
  }

  addResidents(count: number): void {
    for (let i = 0; i < count; i += 1) this.residents.push(this.#add(`Resident ${i}`, FRAME_RATES[i % 4] ?? 60));
  }

  /** Profiles take turns; in every third chapter everybody has another one. */
  beginChapter(chapter: number): void {
    this.#link = linkProfile(PROFILES[chapter % PROFILES.length] ?? "lan");
    this.#world.setLink(this.#link);
    if (chapter % 3 === 2) for (const { player } of this.everybody) player.link.setConditions(this.#anyLink());
    for (const player of this.everybody) player.walk(createSeededRandom(Math.floor(this.#random() * 2 ** 32)));
    // What is under way on the worst link is held in memory that is kept for the next time: so much from the beginning on.
    if (chapter === 0) {
      this.#inSeconds(15, () => {
        for (const player of this.residents) this.#cut(player, LONGEST_CUT_MS);
      });
    }
    if (chapter % 4 === 3) this.#inSeconds(3 + this.#random() * 20, () => this.#restartServer(chapter % 8 === 3));
  }

  /** Whatever happens in one second. `lively`: also what takes its time to be over. */
  stir(lively: boolean): void {
    const { nowMs } = this.#world;
    const due = this.#later.filter(({ atMs }) => atMs <= nowMs);
    this.#later = this.#later.filter(({ atMs }) => atMs > nowMs);
    for (const { what } of due) what();
    if (this.#happens(RATES.come)) this.#comeVisitor();
    if (this.#happens(RATES.features)) this.#features.switchAny(this.#random);
    if (this.#happens(RATES.go)) this.#goVisitor(this.#random() < 0.5);
    if (!lively) return;
    const someone = this.#any(this.everybody);
    if (someone === undefined) return;
    if (this.#happens(RATES.link)) someone.player.link.setConditions(this.#anyLink());
    if (this.#happens(RATES.sleep)) this.#sleep(someone, 1000 + this.#random() * 14_000);
    if (this.#happens(RATES.cut)) this.#cut(someone, 500 + this.#random() * (LONGEST_CUT_MS - 500));
    const resident = this.#any(this.residents);
    if (resident !== undefined && this.#happens(RATES.pause)) this.#pause(resident, 1000 + this.#random() * 4_000);
  }

  /** Visitors leave, nothing is off, every link is good, and nobody walks. */
  endChapter(): void {
    while (this.visitors.length > 0) this.#goVisitor(true);
    const due = this.#later;
    this.#later = [];
    for (const { what } of due) what();
    this.#features.allOn();
    this.#world.setLink(createLinkConditions({ latencyMs: 5 }));
    for (const player of this.residents) player.stand();
  }

  #restartServer(politely: boolean): void {
    this.counts.serverRestarts += 1;
    this.#world.stopServer(politely);
    const start = () => {
      this.#world.startServer();
      this.#watch.serverStarted();
    };
    const downSeconds = this.#random() * 5;
    if (downSeconds < 1) start();
    else this.#inSeconds(downSeconds, start);
    // Nobody is told of the end of a server that vanished: until then the view and the character are the old ones.
    for (const player of this.everybody) player.trouble(this.#world.nowMs + downSeconds * 1000 + 11_000);
  }

  #comeVisitor(): void {
    if (this.visitors.length >= MOST_VISITORS) return;
    this.counts.visitors += 1;
    this.visitors.push(this.#add(`Visitor ${this.#playersMade}`, VISITOR_FPS));
  }

  /** Not politely: the process is gone without a word. */
  #goVisitor(politely: boolean): void {
    const visitor = this.visitors.shift();
    if (visitor === undefined) return;
    const { player } = visitor;
    this.#world.players.splice(this.#world.players.indexOf(player), 1);
    if (!politely) {
      this.counts.vanished += 1;
      this.#world.network.unplug(visitor.wire);
    }
    player.client.dispose();
    this.#watch.left(visitor);
  }

  #pause(resident: SoakPlayer, ms: number): void {
    if (!resident.online) return;
    this.counts.reconnects += 1;
    resident.online = false;
    resident.player.client.disconnect();
    this.#watch.left(resident);
    this.#inSeconds(ms / 1000, () => {
      resident.online = true;
      resident.player.client.connect({ address: SERVER_ADDRESS, name: resident.name });
      resident.trouble(this.#world.nowMs);
    });
  }

  /** No frame is drawn for a while, as on a laptop that sleeps. */
  #sleep(player: SoakPlayer, ms: number): void {
    this.counts.sleeps += 1;
    player.player.nextFrameAtMs += ms;
    player.trouble(this.#world.nowMs + ms);
  }

  /** Nothing arrives for a while; what was sent meanwhile comes afterwards, among what is sent then. */
  #cut(player: SoakPlayer, ms: number): void {
    this.counts.linkCuts += 1;
    const { link } = player.player;
    link.setConditions(createLinkConditions({ latencyMs: ms }));
    player.trouble(this.#world.nowMs + 2 * ms);
    this.#inSeconds(ms / 1000, () => link.setConditions(this.#link));
  }

  #add(name: string, fps: number): SoakPlayer {
    this.#playersMade += 1;
    let wire: Transport | undefined;
    const tamper = (inner: Transport) => {
      wire = inner;
      return inner;
    };
    const player = this.#world.addPlayer(name, { fps, link: this.#link, tamper });
    if (wire === undefined) throw new Error("expected the world to show a new player's wire");
    return new SoakPlayer(this.#world, player, wire, Math.floor(this.#random() * 2 ** 32));
  }

  #anyLink(): LinkConditions {
    return linkProfile(this.#any(PROFILES) ?? "lan");
  }

  #any<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.#random() * items.length)];
  }

  #happens(perSecond: number): boolean {
    return this.#random() < perSecond;
  }

  #inSeconds(seconds: number, what: () => void): void {
    this.#later.push({ atMs: this.#world.nowMs + seconds * 1000, what });
  }
}
