import { beforeAll, describe, expect, it } from "vitest";
import type { Recording } from "../../../../scripts/client/recording/recording.ts";
import { EventBrowser } from "../../../../tools/replay/event-browser.ts";
import { type ListedEvent, listEvents } from "../../../../tools/replay/listed-event.ts";
import { type EventChoice, parseReplayOptions } from "../../../../tools/replay/replay-options.ts";
import { mustOpen, recordPlay } from "../../../fixtures/recorded-play.ts";

let recording: Recording;
beforeAll(() => {
  recording = mustOpen(recordPlay());
}, 60_000);

function list(...args: string[]): ListedEvent[] {
  const { choice }: { choice: EventChoice } = parseReplayOptions(["a.rec", "--list", ...args]);
  return [...listEvents(recording, choice)];
}

describe("listEvents", () => {
  it("lists every event once, in order, each with its time and its frame", () => {
    const all = list();
    expect(all.map(({ event }) => event)).toEqual(Array.from({ length: recording.events }, (_, i) => i));
    expect(all.filter(({ kind }) => kind === "frame").map(({ frame }) => frame)).toEqual(
      Array.from({ length: recording.frames }, (_, i) => i),
    );
    expect(all.at(-1)?.seconds).toBeCloseTo(recording.seconds, 2);
    expect(all.every(({ text }) => text !== "" && !text.includes("\n"))).toBe(true);
  });

  it("chooses by type of message, in any case of letters, and by kind of event", () => {
    const welcomes = list("--type", "helloack");
    expect(welcomes.length).toBeGreaterThanOrEqual(3);
    expect(welcomes.every(({ type, direction }) => type === "HelloAck" && direction === "in")).toBe(true);
    const kinds = new Set(list("--type", "opened,dialled").map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(["opened", "dialled"]));
  });

  it("chooses by time and direction", () => {
    const some = list("--from", "5", "--to", "6", "--direction", "out");
    expect(some.length).toBeGreaterThan(20);
    expect(some.every(({ seconds, direction }) => seconds >= 5 && seconds <= 6 && direction === "out")).toBe(true);
  });

  it("chooses what tells of a player, by name or by entity, also where it is told by differences", () => {
    const presence = list("--type", "Presence", "--player", "other 2");
    expect(presence.length).toBeGreaterThan(0);
    expect(presence.every(({ text }) => text.includes('"Other 2"'))).toBe(true);
    const id = /(\d+) "Other 2"/u.exec(presence[0]?.text ?? "")?.[1] ?? "";
    const whole = list("--type", "Snapshot", "--player", id);
    expect(whole.length).toBeGreaterThan(10);
    expect(whole.every(({ text }) => text.includes(` ${id} at `))).toBe(true);
    const told = list("--type", "SnapshotDelta", "--player", "Other 2");
    const all = list("--type", "SnapshotDelta");
    expect(told.length).toBeGreaterThan(50);
    // Nobody tells of one who has left, or who stands.
    expect(told.length).toBeLessThan(all.length);
    expect(list("--type", "SnapshotDelta", "--player", "nobody")).toEqual([]);
  });

  it("chooses by what a line says", () => {
    expect(list("--find", "KEYFRAME").every(({ text }) => text.includes("keyframe"))).toBe(true);
    expect(list("--find", "server fell silent")).toEqual([]);
  });
});

describe("EventBrowser", () => {
  it("goes on, back, to a number, and to what is searched for", () => {
    const browser = new EventBrowser(list());
    const shown = (command: string) => browser.command(command) ?? "the end";
    expect(browser.line).toMatch(/^ {6}0 .*start: /u);
    expect(shown("p")).toBe("this is the first event");
    expect(shown("")).toMatch(/^ {6}1 /u);
    expect(shown("n")).toMatch(/^ {6}2 /u);
    expect(shown("p")).toMatch(/^ {6}1 /u);
    expect(shown("100")).toMatch(/^ {4}100 /u);
    const first = shown("/HelloAck");
    expect(first).toContain("HelloAck");
    expect(shown("/")).toContain("HelloAck");
    expect(browser.line).not.toBe(first);
    expect(shown("/no such thing")).toBe('no event after this one has "no such thing"');
    expect(shown("999999")).toMatch(/^there is no event 999999: the last one is \d+$/u);
    expect(JSON.parse(shown("?"))).toMatchObject({ kind: "received", type: "HelloAck" });
    expect(shown("what")).toContain("q: quit");
    expect(shown("q")).toBe("the end");
  });

  it("has an answer where there is nothing", () => {
    const browser = new EventBrowser([]);
    expect(browser.line).toBe("there are no such events");
    expect(browser.command("n")).toBe("this was the last event");
  });
});
