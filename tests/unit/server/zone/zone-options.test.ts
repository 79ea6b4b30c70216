import { describe, expect, it } from "vitest";
import { readZoneOptions } from "../../../../server/zone/zone-options.ts";

describe("readZoneOptions", () => {
  it("listens on loopback unless told otherwise", () => {
    expect(readZoneOptions([])).toEqual({
      listenAddress: "127.0.0.1:7777",
      zone: "shore",
      zonesFolder: "dist/zones",
      maxPlayers: 100,
    });
  });

  it("brackets an IPv6 address", () => {
    expect(readZoneOptions(["--bind", "::", "--port", "0"])).toMatchObject({ listenAddress: "[::]:0" });
    expect(readZoneOptions(["--bind", "[::1]"])).toMatchObject({ listenAddress: "[::1]:7777" });
  });

  it("takes a feature file from the command line", () => {
    expect(readZoneOptions([])).toMatchObject({ featuresFile: undefined });
    expect(readZoneOptions(["--features", "canary.json"])).toMatchObject({ featuresFile: "canary.json" });
  });

  it.each([
    [["--features", ""], "--features"],
    [["--port", "65536"], "65536"],
    [["--port", "seven"], "seven"],
    [["--port", "-1"], "--port"],
    [["--max-players", "0"], "0"],
    [["--zone", "../secret"], "../secret"],
    [["--prot", "1"], "--prot"],
    [["stray"], "stray"],
  ])("answers %j with a sentence that names the trouble", (args, word) => {
    expect(readZoneOptions(args)).toMatchObject({ problem: expect.stringContaining(word) });
  });
});
