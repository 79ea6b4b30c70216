import fc from "fast-check";
import { expect, test } from "vitest";
import { DeliveryQueue } from "../../../scripts/transport/delivery-queue.ts";

test("items come out by time, equal times in the order of insertion, none too early", () => {
  const steps = fc.array(
    fc.record({ delayMs: fc.integer({ min: 0, max: 20 }), passMs: fc.integer({ min: 0, max: 5 }) }),
  );
  fc.assert(
    fc.property(steps, (pushes) => {
      const queue = new DeliveryQueue<{ atMs: number; index: number }>();
      const waiting: { atMs: number; index: number }[] = [];
      let nowMs = 0;
      const drain = () => {
        const due = waiting.filter((item) => item.atMs <= nowMs).sort((a, b) => a.atMs - b.atMs || a.index - b.index);
        for (const item of due) {
          expect(queue.takeDue(nowMs)).toBe(item);
          waiting.splice(waiting.indexOf(item), 1);
        }
        expect(queue.takeDue(nowMs)).toBeUndefined();
      };
      pushes.forEach(({ delayMs, passMs }, index) => {
        const item = { atMs: nowMs + delayMs, index };
        queue.push(item.atMs, item);
        waiting.push(item);
        nowMs += passMs;
        if (passMs > 2) drain();
      });
      nowMs += 1000;
      drain();
    }),
  );
});
