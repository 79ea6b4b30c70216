import { loadCombatData } from "../../../server/zone/combat/load-combat-data.ts";
import { Fight } from "../../combat/fight.ts";
import { createFightCamps, createFightGround } from "../../combat/fight-ground.ts";
import { FightPlayers } from "../../combat/fight-players.ts";
import { measureAllocation } from "../netcode/measure-allocation.ts";

const FIGHTERS = 200;
const WARM_TICKS = 3_600;
const TICKS = 3_600;
const IDLERS = 1_000;

/** The rules alone, a tick of 200 in a fight and of 1,000 who only stand: one JSON line. Movement is measured apart: it is there without combat, too. */
export async function runCombatBench(): Promise<string> {
  const data = loadCombatData();
  const fight = new Fight(data, createFightGround(), FIGHTERS / 2, createFightCamps(FIGHTERS / 2), 1);
  const players = new FightPlayers(fight, 2);
  const once = () => {
    players.decide();
    fight.step();
  };
  for (let tick = 0; tick < WARM_TICKS; tick += 1) once();
  const times = new Float64Array(TICKS);
  let events = 0;
  for (let tick = 0; tick < TICKS; tick += 1) {
    players.decide();
    const started = performance.now();
    fight.step();
    times[tick] = (performance.now() - started) * 1_000;
    events += fight.combat.state.events.count;
  }
  times.sort();
  const idle = new Fight(data, createFightGround(), IDLERS, [], 1);
  // With the inputs of the last tick over and over: the minds of the players are no part of it.
  const allocBytes = measureAllocation(600, () => fight.step());
  const round = (value: number) => Number(value.toFixed(1));
  return JSON.stringify({
    bench: "combat",
    fighters: FIGHTERS,
    tickP50Us: round(times[TICKS >> 1] ?? 0),
    tickP99Us: round(times[Math.floor(TICKS * 0.99)] ?? 0),
    eventsPerTick: round(events / TICKS),
    idle1000Us: round(measureIdle(idle)),
    allocBytesPerTick: round(allocBytes),
  });
}

/** What the rules take of a tick when nobody fights, microseconds, without anybody's movement. */
function measureIdle({ combat, players }: Fight): number {
  const times = new Float64Array(2_000);
  for (let tick = 0; tick < times.length; tick += 1) {
    const started = performance.now();
    combat.begin(tick + 1);
    for (let place = 0; place < players.length; place += 1) combat.advanceClock(place, tick + 1, true);
    combat.finish();
    combat.rest();
    times[tick] = (performance.now() - started) * 1_000;
  }
  times.sort();
  return times[times.length >> 1] ?? 0;
}
