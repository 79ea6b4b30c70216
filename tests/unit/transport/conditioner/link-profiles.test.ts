import { describe, expect, it } from "vitest";
import {
  LINK_PROFILE_NAMES,
  linkProfile,
  parseLinkProfile,
} from "../../../../scripts/transport/conditioner/link-profiles.ts";

describe("link profiles", () => {
  it("reads each name as its profile", () => {
    for (const name of LINK_PROFILE_NAMES) expect(parseLinkProfile(name)).toEqual({ conditions: linkProfile(name) });
  });

  it("has the reference link as the netcode is judged by", () => {
    const { up, down } = linkProfile("reference");
    expect(up).toEqual(down);
    expect(up.latencyMs + down.latencyMs).toBe(150);
    expect(up).toMatchObject({ jitterMs: 30, lossRate: 0.05, meanBurst: 3, reorderRate: 0.01, duplicateRate: 0.01 });
  });

  it("stalls wifi-stall for half a second once a minute", () => {
    expect(linkProfile("wifi-stall")).toMatchObject({ stallMs: 500, stallEveryMs: 60_000 });
  });

  it("gives out objects that can be changed without changing the profile", () => {
    linkProfile("lan").up.latencyMs = 99;
    expect(linkProfile("lan").up.latencyMs).toBeLessThan(1);
  });

  it("changes both directions, one, and stalls", () => {
    const parsed = parseLinkProfile(
      "reference, latencyMs=200,up.lossRate=0.2,down.overtaking=true,stallMs=100,stallEveryMs=5000",
    );
    expect(parsed).toMatchObject({
      conditions: {
        up: { latencyMs: 200, lossRate: 0.2, overtaking: false },
        down: { latencyMs: 200, lossRate: 0.05, overtaking: true },
        stallMs: 100,
        stallEveryMs: 5000,
      },
    });
  });

  it.each([
    ["", 'got ""'],
    ["dialup", 'expected one of none, lan, broadband, wifi-stall, mobile, satellite, reference, got "dialup"'],
    ["toString", 'got "toString"'],
    ["lan,", 'expected KEY=VALUE such as latencyMs=200 or up.lossRate=0.1, got ""'],
    ["lan,latencyMs", 'got "latencyMs"'],
    ["lan,latency=5", "expected one of latencyMs, jitterMs"],
    ["lan,constructor=5", 'got "constructor"'],
    ["lan,latencyMs=-5", 'latencyMs: expected a number from 0 to 10000, got "-5"'],
    ["lan,latencyMs=1e3", 'got "1e3"'],
    ["lan,lossRate=5", 'lossRate: expected a number from 0 to 1, got "5"'],
    ["lan,meanBurst=0", "meanBurst: expected a number from 1 to 1000"],
    ["lan,overtaking=yes", 'overtaking: expected true or false, got "yes"'],
    ["lan,up.stallMs=5", 'stallMs befalls both directions: leave out "up."'],
    ["lan,sideways.latencyMs=5", "expected KEY=VALUE"],
    ["wifi-stall,stallMs=60000", "stallMs must be below stallEveryMs (60000), got 60000"],
  ])("says what is wrong with %j", (text, problem) => {
    expect(parseLinkProfile(text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
