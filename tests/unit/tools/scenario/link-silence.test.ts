import { expect, it } from "vitest";
import { LinkSilence } from "../../../../tools/scenario/link-silence.ts";

/** A link whose packets come at these times, looked at every 10 ms; silent for 100 ms at most before 1000. */
function listen(arrivals: readonly number[], untilMs: number): LinkSilence {
  const silence = new LinkSilence(10);
  for (let atMs = 0; atMs <= untilMs; atMs += 10) {
    if (atMs === 1010) silence.judgeFrom(1000);
    const ordinary = atMs <= 1000 ? Math.floor(atMs / 100) * 100 : 900;
    const heardAtMs = arrivals.filter((arrival) => arrival <= atMs).at(-1) ?? ordinary;
    silence.add(atMs, heardAtMs);
  }
  return silence;
}

it("is in trouble while it is silent for longer than ever before, and for a second after", () => {
  expect(listen([1050, 1140], 1290).isTroubled(1290)).toBe(false);
  expect(listen([1050, 1140, 1500], 1310).isTroubled(1310)).toBe(true);
  expect(listen([1050, 1140, 1500], 1510).isTroubled(2480)).toBe(true);
  expect(listen([1050, 1140, 1500], 1510).isTroubled(2520)).toBe(false);
});

it("does not hold the silence against the link that was judged from", () => {
  expect(listen([1400], 1450).isTroubled(1450)).toBe(false);
});
