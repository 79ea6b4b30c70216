import { beforeEach, describe, expect, test } from "vitest";
import { createParty } from "../../../../scripts/client/combat/combat-parts.ts";
import { PartyHealth } from "../../../../scripts/client/combat/party-health.ts";
import type { CombatEvent } from "../../../../scripts/protocol/combat/combat-messages.ts";

const BEN = 7;
const party = createParty();
let health: PartyHealth;

function event(kind: CombatEvent["kind"], targetEntityId: number, amount: number): CombatEvent {
  const sourceEntityId = kind === "respawn" ? targetEntityId : 1;
  return { kind, flags: 0, what: 0, sourceEntityId, targetEntityId, amount, extra: 0 } as unknown as CombatEvent;
}

const ben = () => party.members[0];

beforeEach(() => {
  health = new PartyHealth();
  party.count = 1;
  Object.assign(party.members[0] ?? {}, { entityId: BEN, health: 200, maxHealth: 220, dead: false });
  health.beginState(100);
});

describe("health of the party", () => {
  test("is what events say at once, within its bounds", () => {
    expect(health.add(party, event("damage", BEN, 30), 101)).toBe(true);
    expect(ben()?.health).toBe(170);
    health.add(party, event("heal", BEN, 90), 102);
    expect(ben()?.health).toBe(220);
    health.add(party, event("damage", BEN, 400), 103);
    expect(ben()).toMatchObject({ health: 0, dead: true });
    health.add(party, event("respawn", BEN, 220), 400);
    expect(ben()).toMatchObject({ health: 220, dead: false });
  });

  test("of others, and of what the server has counted already, nothing changes", () => {
    expect(health.add(party, event("damage", 8, 30), 101)).toBe(false);
    expect(health.add(party, event("damage", BEN, 30), 100)).toBe(false);
    expect(health.add(party, event("aura_applied", BEN, 30), 101)).toBe(false);
    expect(ben()?.health).toBe(200);
  });

  test("what the server said before an event is not news of a member, what it said since is", () => {
    health.add(party, event("damage", BEN, 30), 110);
    health.beginState(105);
    expect(health.isNews(BEN, 105)).toBe(false);
    expect(health.isNews(8, 105)).toBe(true);
    expect(health.isNews(BEN, 110)).toBe(true);
  });
});
