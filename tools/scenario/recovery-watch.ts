import { Calm } from "./calm.ts";
import { LinkSilence } from "./link-silence.ts";
import type { Participant } from "./participant.ts";

const SEARCH_MS = 4000;

/** Another character, as its observer sees it, and the link by which the server hears of it. */
interface Other {
  readonly participant: Participant;
  readonly calm: Calm;
  readonly uplink: LinkSilence;
}

/** How late one player is towards the server, and each of the others on its screen: before a stall of its link, and after. */
export class RecoveryWatch {
  readonly #subject: Participant;
  readonly #others: readonly Other[];
  readonly #input = new Calm();
  readonly #uplink: LinkSilence;
  readonly #downlink: LinkSilence;
  #packetsIn = 0;
  #heardAtMs = 0;
  #paused = false;

  constructor(subject: Participant, participants: readonly Participant[]) {
    const { frameMs } = subject.player;
    this.#subject = subject;
    this.#uplink = new LinkSilence(frameMs);
    this.#downlink = new LinkSilence(frameMs);
    this.#others = participants
      .filter((participant) => participant !== subject)
      .map((participant) => ({ participant, calm: new Calm(), uplink: new LinkSilence(frameMs) }));
  }

  /** Call after each frame of the player. */
  afterFrame(nowMs: number): void {
    const { server, player } = this.#subject;
    const { packetsIn } = player.client.telemetry;
    if (packetsIn !== this.#packetsIn) this.#heardAtMs = nowMs;
    this.#packetsIn = packetsIn;
    if (this.#paused) return;
    this.#downlink.add(nowMs, this.#heardAtMs);
    this.#uplink.add(nowMs, server?.lastHeardAtMs ?? nowMs);
    this.#input.add(nowMs, player.frameMs, this.#inputLateMs(nowMs), this.#uplink.isTroubled(nowMs));
    const deaf = this.#downlink.isTroubled(nowMs);
    for (const { participant, calm, uplink } of this.#others) {
      uplink.add(nowMs, participant.server?.lastHeardAtMs ?? nowMs);
      calm.add(nowMs, player.frameMs, this.#sightLateMs(participant, nowMs), deaf || uplink.isTroubled(nowMs));
    }
  }

  /** What comes now counts neither as before the stall nor as after it. */
  pause(): void {
    this.#paused = true;
  }

  /** The stall is over. */
  judgeFrom(nowMs: number): void {
    this.#paused = false;
    this.#input.judgeFrom(nowMs);
    this.#uplink.judgeFrom(nowMs);
    this.#downlink.judgeFrom(nowMs);
    for (const { calm, uplink } of this.#others) {
      calm.judgeFrom(nowMs);
      uplink.judgeFrom(nowMs);
    }
  }

  get recovered(): boolean {
    return this.#input.holds && this.#others.every(({ calm }) => calm.holds);
  }

  /** Whether something else befell a link before all was as before: what it took cannot be said then. */
  get spoiled(): boolean {
    return this.#input.spoiled || this.#others.some(({ calm }) => calm.spoiled);
  }

  get inputMs(): number {
    return this.#input.reachedAfterMs;
  }

  get sightMs(): number {
    return Math.max(...this.#others.map(({ calm }) => calm.reachedAfterMs));
  }

  /** Age of the place on the own screen's path at which the server has the character, milliseconds. */
  #inputLateMs(nowMs: number): number {
    const { server, drawn } = this.#subject;
    if (server === undefined || !drawn.history.findNearest(nowMs, server.state.x, server.state.z, SEARCH_MS)) return 0;
    return drawn.history.ageMs;
  }

  /** Age of the place on its true path at which another is drawn, milliseconds. */
  #sightLateMs(other: Participant, nowMs: number): number {
    const { remotes } = this.#subject.player.client;
    const index = remotes.indexOf(other.entityId);
    if (index < 0) return SEARCH_MS;
    const { history } = other.truth;
    return history.findNearest(nowMs, remotes.x[index] ?? 0, remotes.z[index] ?? 0, SEARCH_MS) ? history.ageMs : 0;
  }
}
