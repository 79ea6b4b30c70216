import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TIME_BANK_TICKS, TimeBank } from "../../../../server/zone/time-bank.ts";

/** Runs one tick in which up to `wanted` commands are there to run, of those that one tick runs. Returns how many ran. */
function tick(bank: TimeBank, wanted: number, most = Number.POSITIVE_INFINITY): number {
  bank.beginTick(true);
  let ran = 0;
  while (ran < wanted && ran < most && bank.spend()) ran += 1;
  bank.endTick(ran === most);
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

  it("forgives nothing of a debt that is being paid, whenever its second ends", () => {
    for (let before = 0; before < 120; before += 1) {
      const bank = new TimeBank();
      for (let i = 0; i <= before; i += 1) tick(bank, 1);
      for (let i = 0; i < 60; i += 1) tick(bank, 0);
      // The bank is full when paying begins: that tick's time is lost as well.
      const lost = bank.lostTicks + 1;
      for (let waiting = 60; waiting > 0; ) waiting -= tick(bank, waiting, 4);
      expect(bank.lostTicks, `after ${before} ticks`).toBe(lost);
    }
  });

  it("forgives a debt that stands although a few are caught up with each second", () => {
    const bank = new TimeBank();
    tick(bank, 1);
    for (let i = 0; i < 30; i += 1) tick(bank, 0);
    for (let i = 0; i < 240; i += 1) tick(bank, i % 60 === 59 ? 4 : i % 60 < 57 ? 1 : 0, 4);
    expect(bank.owedTicks).toBeLessThan(10);
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
