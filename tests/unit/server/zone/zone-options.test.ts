import { describe, expect, it } from "vitest";
import { readZoneOptions } from "../../../../server/zone/zone-options.ts";

describe("readZoneOptions", () => {
  it("listens on loopback unless told otherwise", () => {
    expect(readZoneOptions([])).toEqual({
      listenAddress: "127.0.0.1:7777",
      zone: "shore",
      zonesFolder: "dist/zones",
      maxPlayers: 100,
      spawn: "spawns",
      combat: true,
    });
  });

  it("has nobody fight when asked to", () => {
    expect(readZoneOptions(["--combat", "off"])).toMatchObject({ combat: false });
  });

  it("lets newcomers appear anywhere when asked to", () => {
    expect(readZoneOptions(["--spawn", "anywhere"])).toMatchObject({ spawn: "anywhere" });
  });

  it("brackets an IPv6 address", () => {
    expect(readZoneOptions(["--bind", "::", "--port", "0"])).toMatchObject({ listenAddress: "[::]:0" });
    expect(readZoneOptions(["--bind", "[::1]"])).toMatchObject({ listenAddress: "[::1]:7777" });
  });

  it("takes a feature file from the command line", () => {
    expect(readZoneOptions([])).toMatchObject({ featuresFile: undefined });
    expect(readZoneOptions(["--features", "canary.json"])).toMatchObject({ featuresFile: "canary.json" });
  });

  it("serves no metrics and logs no messages unless told to", () => {
    expect(readZoneOptions([])).toMatchObject({ metrics: undefined, logMessages: undefined });
  });

  it.each([
    ["9100", { host: "127.0.0.1", port: 9100 }],
    ["0.0.0.0:0", { host: "0.0.0.0", port: 0 }],
    ["localhost:9100", { host: "localhost", port: 9100 }],
    ["[::1]:9100", { host: "::1", port: 9100 }],
  ])("takes %s as a place for metrics", (text, metrics) => {
    expect(readZoneOptions(["--metrics", text])).toMatchObject({ metrics });
  });

  it("logs everybody's messages, or those of one player, without taking the next option for a name", () => {
    expect(readZoneOptions(["--log-messages", "--port", "0"])).toMatchObject({
      logMessages: "",
      listenAddress: "127.0.0.1:0",
    });
    expect(readZoneOptions(["--log-messages=Ada Lovelace"])).toMatchObject({ logMessages: "Ada Lovelace" });
  });

  it.each([
    [["--metrics", ":9100"], ":9100"],
    [["--metrics", "::1:9100"], "::1:9100"],
    [["--metrics", "127.0.0.1:65536"], "65536"],
    [["--metrics", "127.0.0.1"], "127.0.0.1"],
    [["--metrics", ""], "--metrics"],
    [["--features", ""], "--features"],
    [["--port", "65536"], "65536"],
    [["--port", "seven"], "seven"],
    [["--port", "-1"], "--port"],
    [["--max-players", "0"], "0"],
    [["--spawn", "nowhere"], "nowhere"],
    [["--combat", "yes"], "--combat takes on or off"],
    [["--zone", "../secret"], "../secret"],
    [["--prot", "1"], "--prot"],
    [["stray"], "stray"],
  ])("answers %j with a sentence that names the trouble", (args, word) => {
    expect(readZoneOptions(args)).toMatchObject({ problem: expect.stringContaining(word) });
  });
});
