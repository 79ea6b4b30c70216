import type { CombatData } from "../../../scripts/simulation/combat/data/combat-data.ts";
import { encodeZone } from "../../../scripts/simulation/zone-file.ts";
import { createLinkConditions } from "../../../scripts/transport/conditioner/link-conditions.ts";
import { createScenarioZone, OPEN_GROUND } from "../scenario-zone.ts";
import { VirtualWorld } from "../virtual-world.ts";

const NEAREST_METERS = 97;
const FARTHEST_METERS = 104;
const STEP_METERS = 0.25;
const SETTLE_MS = 2_000;
const LOCK_MS = 500;

/** The farthest that somebody was locked on to, from feet to feet in tenths of a metre, by a real client on a real server. */
export function measureLockRange(data: CombatData): number {
  const world = new VirtualWorld({
    zoneBytes: encodeZone(createScenarioZone()),
    link: createLinkConditions({ latencyMs: 25 }),
    server: { combat: { data } },
  });
  const server = world.startServer();
  const players = ["Ada", "Ben"].map((name) => world.addPlayer(name, { client: { combat: data } }));
  const [ada, ben] = players;
  if (ada === undefined || ben === undefined) throw new Error("expected two players");
  for (const { client } of players) world.runUntil("both fight", () => client.combat.inUse);
  let farthest = 0;
  for (let meters = NEAREST_METERS; meters <= FARTHEST_METERS; meters += STEP_METERS) {
    const state = world.truth(ben);
    const from = world.truth(ada);
    state.x = from.x;
    state.z = OPEN_GROUND.z + meters;
    from.z = OPEN_GROUND.z;
    world.runFor(SETTLE_MS);
    ada.client.act({ kind: "target", entityId: ben.client.own.entityId });
    world.runFor(LOCK_MS);
    const locked = server.players.find(({ name }) => name === "Ada")?.lockedOn === ben.client.own.entityId;
    if (locked && ada.client.combat.target.entityId === ben.client.own.entityId) {
      // The ground goes up and down: as the crow flies.
      const there = world.truth(ben);
      const here = world.truth(ada);
      farthest = Math.max(farthest, Math.hypot(there.x - here.x, there.y - here.y, there.z - here.z));
    }
    ada.client.act({ kind: "cycle", to: "nobody" });
    world.runFor(LOCK_MS);
  }
  world.dispose();
  return Number(farthest.toFixed(1));
}
