import fc from "fast-check";
import { expect, test } from "vitest";
import { ConnectionRateLimit } from "../../../scripts/transport/connection-rate-limit.ts";

test("an address gets its burst at once, then its rate, whatever its ports", () => {
  let nowMs = 0;
  const limit = new ConnectionRateLimit({ perSecond: 2, burst: 5 }, () => nowMs);
  const admitted = () =>
    Array.from({ length: 20 }, (_, index) => limit.admit(`192.0.2.1:${index}`)).filter(Boolean).length;
  expect(admitted()).toBe(5);
  nowMs += 1000;
  expect(admitted()).toBe(2);
  nowMs += 60_000;
  expect(admitted()).toBe(5);
});

test("addresses do not share a limit", () => {
  const limit = new ConnectionRateLimit({ perSecond: 1, burst: 1 }, () => 0);
  expect(limit.admit("192.0.2.1:1")).toBe(true);
  expect(limit.admit("192.0.2.1:2")).toBe(false);
  expect(limit.admit("192.0.2.2:1")).toBe(true);
  expect(limit.admit("[2001:db8::1]:1")).toBe(true);
  expect(limit.admit("[2001:db8::1]:2")).toBe(false);
});

test("this machine itself is not limited", () => {
  const limit = new ConnectionRateLimit({ perSecond: 0, burst: 0 }, () => 0);
  expect(limit.admit("127.0.0.1:1")).toBe(true);
  expect(limit.admit("[::1]:1")).toBe(true);
  expect(limit.admit("192.0.2.1:1")).toBe(false);
});

test("over any time no address gets more than burst plus rate", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (pausesMs) => {
      let nowMs = 0;
      let admitted = 0;
      const limit = new ConnectionRateLimit({ perSecond: 3, burst: 4 }, () => nowMs);
      for (const pauseMs of pausesMs) {
        nowMs += pauseMs;
        if (limit.admit("192.0.2.1:1")) admitted++;
      }
      expect(admitted).toBeLessThanOrEqual(4 + (nowMs / 1000) * 3 + 1e-6);
    }),
  );
});
