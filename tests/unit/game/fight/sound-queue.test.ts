import { describe, expect, it } from "vitest";
import { SoundQueue } from "../../../../scripts/game/fight/sound-queue.ts";

describe("the queue of sounds", () => {
  it("begins one after the other, the nearest first", () => {
    const queue = new SoundQueue(4);
    queue.ask(0, 9, 1000);
    queue.ask(3, 2, 1000);
    queue.ask(1, 5, 1000);
    expect([queue.next(1000, 16), queue.next(1030, 16), queue.next(1060, 16), queue.next(1090, 16)]).toEqual([
      3, 1, 0, -1,
    ]);
  });

  it("leaves a pause between others', and none before one's own", () => {
    const queue = new SoundQueue(3);
    queue.ask(0, 4, 1000);
    queue.ask(1, 5, 1000);
    expect([queue.next(1000, 16), queue.next(1013, 16)]).toEqual([0, -1]);
    queue.ask(2, 0, 1013);
    expect([queue.next(1013, 16), queue.next(1043, 16), queue.next(1044, 16)]).toEqual([2, -1, 1]);
  });

  it("begins several in a long frame, as many as there would be in short ones", () => {
    const queue = new SoundQueue(5);
    for (let sound = 0; sound < 5; sound += 1) queue.ask(sound, 1 + sound, 1000);
    const begun = [];
    for (let sound = queue.next(1100, 100); sound >= 0; sound = queue.next(1100, 100)) begun.push(sound);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it("says how far away the one is that begins, of several of the same the nearest", () => {
    const queue = new SoundQueue(2);
    expect(queue.ask(1, 8, 1000)).toBe(true);
    expect(queue.ask(1, 3, 1001)).toBe(false);
    expect(queue.ask(1, 6, 1002)).toBe(false);
    expect(queue.next(1002, 16)).toBe(1);
    expect(queue.meters).toBe(3);
    expect(queue.next(1003, 16)).toBe(-1);
  });

  it("does not begin the same again at once", () => {
    const queue = new SoundQueue(1);
    queue.ask(0, 1, 1000);
    queue.next(1000, 16);
    expect(queue.ask(0, 1, 1044)).toBe(false);
    expect(queue.ask(0, 1, 1045)).toBe(true);
    expect(queue.next(1045, 16)).toBe(0);
  });

  it("forgets what waited for too long, and takes it again after that", () => {
    const queue = new SoundQueue(2);
    queue.ask(0, 1, 1000);
    queue.ask(1, 5, 1090);
    expect(queue.next(1117, 16)).toBe(1);
    expect(queue.next(1150, 16)).toBe(-1);
    expect(queue.ask(0, 1, 1151)).toBe(true);
    expect(queue.next(1151, 16)).toBe(0);
  });
});
