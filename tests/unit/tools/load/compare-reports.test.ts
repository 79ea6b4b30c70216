import { describe, expect, it } from "vitest";
import { compareReports, differentOrders } from "../../../../tools/load/compare-reports.ts";

describe("compareReports", () => {
  it("has the ratio of every number that both have", () => {
    const now = { bots: 100, tickP99Ms: 3, inputLoss: 0.5, link: "none", fresh: 1 };
    expect(compareReports(now, { bots: 50, tickP99Ms: 4, inputLoss: 0, link: "lan" })).toEqual({
      bots: 2,
      tickP99Ms: 0.75,
    });
  });
});

describe("differentOrders", () => {
  it("names what was asked for differently", () => {
    const now = { bots: 100, crowd: true, thin: false, protocol: "v2", link: "none", tickP99Ms: 1 };
    expect(differentOrders(now, { ...now, tickP99Ms: 9 })).toEqual([]);
    expect(differentOrders(now, { ...now, bots: 50, link: "lan" })).toEqual(["bots", "link"]);
  });
});
