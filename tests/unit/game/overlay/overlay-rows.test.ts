import { describe, expect, it } from "vitest";
import { createOwnView, type MutableOwnView } from "../../../../scripts/client/own-view.ts";
import { createTelemetry, type Telemetry } from "../../../../scripts/client/telemetry.ts";
import { overlayRows } from "../../../../scripts/game/overlay/overlay-rows.ts";

interface Changes {
  telemetry?: Partial<Telemetry>;
  own?: Partial<MutableOwnView>;
  framesPerSecond?: number;
}

function rowsOf({ telemetry, own, framesPerSecond = 60 }: Changes = {}) {
  const rows = overlayRows({
    telemetry: { ...createTelemetry(), ...telemetry },
    own: { ...createOwnView(), ...own },
    address: "127.0.0.1:7777",
    zone: "shore",
    framesPerSecond,
  });
  return new Map(rows.filter((row) => row.kind === "value").map((row) => [row.label, row]));
}

describe("the overlay's lines", () => {
  it("say what is unknown, and warn of nothing, before the first snapshot", () => {
    const rows = rowsOf({ framesPerSecond: 0 });
    expect(rows.get("round trip, network")?.value).toBe("–");
    expect(rows.get("frames")?.value).toBe("–");
    expect(rows.get("ahead of server")?.value).toBe("–");
    expect([...rows.values()].filter((row) => row.warns)).toEqual([]);
  });

  it("name the codec beside the version and everything else that is in use below it", () => {
    const featuresInUse = ["snapshot_delta_v1", "protocol_v2_seq", "input_delta_v1"];
    const rows = overlayRows({
      telemetry: { ...createTelemetry(), protocolMinor: 2, featuresInUse },
      own: createOwnView(),
      address: "",
      zone: "",
      framesPerSecond: 0,
    });
    const values = rows.map((row) => row.value);
    const at = values.indexOf("1.2 protocol_v2_seq");
    expect(at).toBeGreaterThan(0);
    expect(values.slice(at + 1, at + 3)).toEqual(["snapshot_delta_v1", "input_delta_v1"]);
  });

  it("say how far the server's view of the character lies behind the drawn one", () => {
    const own = { present: true, x: 3, y: 0, z: 4, serverX: 0, serverY: 0, serverZ: 0, errorMeters: 0.0123 };
    const rows = rowsOf({ own });
    expect(rows.get("ahead of server")?.value).toBe("5.00 m");
    expect(rows.get("correction now")?.value).toBe("12 mm");
  });

  it.each([
    ["round trip, network", { telemetry: { linkRttMs: 251 } }],
    ["jitter", { telemetry: { jitterMs: 26 } }],
    ["lost up, down", { telemetry: { lossDown: 0.03 } }],
    ["time scale", { telemetry: { timeScale: 0.95 } }],
    ["worst correction", { telemetry: { maxCorrectionMm: 51 } }],
    ["underruns", { telemetry: { underruns: 6, remotesDrawn: 1000 } }],
    ["frames", { framesPerSecond: 20 }],
  ] satisfies [string, Changes][])("warn of %s alone where a player would notice it", (label, changes) => {
    const warned = [...rowsOf(changes).values()].filter((row) => row.warns).map((row) => row.label);
    expect(warned).toEqual([label]);
  });
});
