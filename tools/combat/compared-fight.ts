import { hashCombat } from "../../scripts/simulation/combat/combat-hash.ts";
import type { CombatState } from "../../scripts/simulation/combat/combat-state.ts";
import type { CombatData } from "../../scripts/simulation/combat/data/combat-data.ts";
import { Fight } from "./fight.ts";
import { createFightCamps, createFightGround } from "./fight-ground.ts";
import { FightPlayers } from "./fight-players.ts";

const INPUT_BYTES = 12;

export interface FightReport {
  ticks: number;
  /** Ticks whose state was not the same on both sides. */
  desyncs: number;
  firstDesyncTick: number;
  /** Of the last state. */
  hash: number;
  events: number;
  deaths: number;
  /** Uses by what came of them. */
  outcomes: Readonly<Record<string, number>>;
  lowestHealth: number;
  threatKept: boolean;
}

export interface ComparedFightOptions {
  /** From one comparison to the next. */
  readonly compareTicks?: number;
  /** Changes the replay before a tick is compared, so that a test sees that it is noticed. */
  readonly spoil?: (replay: CombatState, tick: number) => void;
  readonly afterTick?: (tick: number) => void;
}

/**
 * A fight on a server and, in step, its replay: the replay gets nothing but the players' inputs as bytes, as a recording would have them. The state
 * of both is compared in every `compareTicks`th tick.
 */
export function compareFights(
  data: CombatData,
  fighters: number,
  ticks: number,
  seed: number,
  { compareTicks = 1, spoil, afterTick }: ComparedFightOptions = {},
): FightReport {
  const players = fighters >> 1;
  const make = () => new Fight(data, createFightGround(), players, createFightCamps(fighters - players), seed);
  const [server, replay] = [make(), make()];
  const minds = new FightPlayers(server, seed ^ 0x5eed);
  const tape = new DataView(new ArrayBuffer(players * INPUT_BYTES));
  const report: FightReport = {
    ...{ ticks, desyncs: 0, firstDesyncTick: 0, hash: 0, events: 0, deaths: 0, outcomes: {}, lowestHealth: 0 },
    threatKept: true,
  };
  for (let tick = 1; tick <= ticks; tick += 1) {
    minds.decide();
    writeInputs(server, tape);
    readInputs(tape, replay);
    server.step();
    replay.step();
    report.events += server.combat.state.events.count;
    look(server, report);
    spoil?.(replay.combat.state, tick);
    afterTick?.(tick);
    if (tick % compareTicks !== 0 && tick !== ticks) continue;
    report.hash = hashCombat(server.combat.state);
    if (report.hash === hashCombat(replay.combat.state)) continue;
    report.desyncs += 1;
    report.firstDesyncTick ||= tick;
  }
  report.outcomes = Object.fromEntries(server.counts);
  const { threat } = server.combat.state;
  report.threatKept = threat.added === threat.dropped + threat.total();
  return report;
}

function look({ combat }: Fight, report: FightReport): void {
  const { fighters, tick } = combat.state;
  for (let i = 0; i < fighters.count; i += 1) {
    const place = fighters.places[i] ?? 0;
    report.lowestHealth = Math.min(report.lowestHealth, fighters.health[place] ?? 0);
    if (fighters.dead[place] === 1 && fighters.diedTick[place] === tick) report.deaths += 1;
  }
}

function writeInputs({ inputs }: Fight, tape: DataView): void {
  for (const [i, { yaw, moveX, moveZ, buttons, ability, target, stand }] of inputs.entries()) {
    const at = i * INPUT_BYTES;
    tape.setUint16(at, yaw);
    tape.setInt8(at + 2, moveX);
    tape.setInt8(at + 3, moveZ);
    tape.setUint8(at + 4, buttons);
    tape.setUint8(at + 5, stand ? 1 : 0);
    tape.setInt16(at + 6, ability);
    tape.setUint32(at + 8, target);
  }
}

function readInputs(tape: DataView, { inputs }: Fight): void {
  for (const [i, input] of inputs.entries()) {
    const at = i * INPUT_BYTES;
    input.yaw = tape.getUint16(at);
    input.moveX = tape.getInt8(at + 2);
    input.moveZ = tape.getInt8(at + 3);
    input.buttons = tape.getUint8(at + 4);
    input.stand = tape.getUint8(at + 5) === 1;
    input.ability = tape.getInt16(at + 6);
    input.target = tape.getUint32(at + 8);
  }
}
