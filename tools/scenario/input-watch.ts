import type { ZoneServer } from "../../server/zone/zone-server.ts";
import type { Participant } from "./participant.ts";

interface Seen {
  executedTick: number;
  skipped: number;
}

/** What becomes of everybody's commands on the server, looked at after each of its turns. */
export class InputWatch {
  readonly #participants: readonly Participant[];
  readonly #seen = new Map<Participant, Seen>();
  #serverTick = 0;
  /** Server ticks of players, those in which a command was there to run, and the sum of commands left waiting. */
  playerTicks = 0;
  servedTicks = 0;
  bufferedTicks = 0;
  /** Commands that players gave and that the server came past, and those of them that it ran. */
  given = 0;
  executed = 0;

  constructor(participants: readonly Participant[]) {
    this.#participants = participants;
  }

  afterTurn(server: ZoneServer): void {
    const ticks = server.serverTick - this.#serverTick;
    this.#serverTick = server.serverTick;
    if (ticks === 0) return;
    for (const participant of this.#participants) this.#look(participant, ticks);
  }

  restart(): void {
    this.playerTicks = 0;
    this.servedTicks = 0;
    this.bufferedTicks = 0;
    this.given = 0;
    this.executed = 0;
  }

  #look(participant: Participant, ticks: number): void {
    const commands = participant.server?.commands;
    if (commands === undefined) return;
    const { lastExecutedTick, skipped } = commands;
    const before = this.#seen.get(participant);
    if (before === undefined) {
      this.#seen.set(participant, { executedTick: lastExecutedTick, skipped });
      return;
    }
    const passed = lastExecutedTick - before.executedTick;
    this.given += passed;
    this.executed += passed - (skipped - before.skipped);
    this.playerTicks += ticks;
    // Time stretched by a few per cent makes ticks that rightly have no command; they count as unserved all the same.
    this.servedTicks += Math.min(passed, ticks);
    this.bufferedTicks += commands.length * ticks;
    before.executedTick = lastExecutedTick;
    before.skipped = skipped;
  }
}
