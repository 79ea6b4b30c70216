import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TIME_BANK_TICKS, TimeBank } from "../../../../server/zone/time-bank.ts";

/** Runs one tick in which up to `wanted` commands are there to run. Returns how many ran. */
function tick(bank: TimeBank, wanted: number): number {
  bank.beginTick(true);
  let ran = 0;
  while (ran < wanted && bank.spend()) ran += 1;
  bank.endTick();
  return ran;
}

describe("TimeBank", () => {
  it("owes nothing before the first command, and lets it wait a tick", () => {
    const bank = new TimeBank();
    for (let i = 0; i < 100; i += 1) bank.beginTick(false);
    bank.grant(10);
    expect(bank.owedTicks).toBe(0);
    expect([tick(bank, 5), tick(bank, 5), tick(bank, 5)]).toEqual([0, 1, 1]);
  });

  it("makes up for what came late, and counts it", () => {
    const bank = new TimeBank();
    for (let i = 0; i < 10; i += 1) tick(bank, 1);
    for (let i = 0; i < 6; i += 1) tick(bank, 0);
    expect(bank.owedTicks).toBe(6);
    expect(tick(bank, 4)).toBe(4);
    expect(tick(bank, 10)).toBe(4);
    expect(tick(bank, 10)).toBe(1);
    expect(bank.late).toBe(7);
    expect(bank.lostTicks).toBe(0);
  });

  it("owes half a second at most, however long nothing came, and the server's own lost time as well", () => {
    const bank = new TimeBank();
    tick(bank, 1);
    tick(bank, 1);
    for (let i = 0; i < 600; i += 1) tick(bank, 0);
    expect(bank.owedTicks).toBe(TIME_BANK_TICKS);
    expect(bank.lostTicks).toBe(600 - TIME_BANK_TICKS);
    const other = new TimeBank();
    tick(other, 1);
    tick(other, 1);
    other.grant(20);
    expect(other.owedTicks).toBe(20);
    other.grant(1e6);
    expect(other.owedTicks).toBe(TIME_BANK_TICKS);
  });

  it("forgives a debt that stands while commands keep coming", () => {
    const bank = new TimeBank();
    tick(bank, 1);
    for (let i = 0; i < 20; i += 1) tick(bank, 0);
    for (let i = 0; i < 240; i += 1) tick(bank, 1);
    expect(bank.owedTicks).toBe(0);
    expect(tick(bank, 100)).toBe(1);
  });

  it("lets nobody run more commands than time has passed, but for half a second, in any span", () => {
    const wishes = fc.array(fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 0, max: 60 })), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(wishes, (wanted) => {
        const bank = new TimeBank();
        const ran = wanted.map((count) => tick(bank, count));
        for (let from = 0; from < ran.length; from += 7) {
          let sum = 0;
          for (let to = from; to < ran.length; to += 1) {
            sum += ran[to] ?? 0;
            expect(sum).toBeLessThanOrEqual(to - from + 1 + TIME_BANK_TICKS);
          }
        }
        expect(ran.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(ran.length);
      }),
    );
  });
});
