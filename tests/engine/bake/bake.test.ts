import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeZone } from "../../../scripts/simulation/zone-file.ts";
import { runGodot } from "../runner/godot-process.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bake-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function bake(name: string, scene: string) {
  return runGodot({
    name: `bake/${name}`,
    scene: "res://tools/bake/bake.tscn",
    args: ["--out", folder, "--scene", scene],
    // What is wrong with a zone is said on the error channel.
    expectedTrouble: [scene, "cannot be baked"],
  });
}

describe("the bake", () => {
  it("writes the shore as a zone that the simulation takes, the same bytes every time", async () => {
    const first = await bake("shore", "res://scenes/zones/shore.tscn");
    expect(first.problems).toEqual([]);
    expect(first.exitCode).toBe(0);
    const bytes = readFileSync(join(folder, "shore.zone"));
    const decoded = decodeZone(bytes);
    if (!decoded.ok) throw new Error(decoded.reason);
    const { zone } = decoded;
    expect(zone.name).toBe("shore");
    expect(zone.spawns.length).toBeGreaterThan(0);
    expect(zone.borders).toEqual([{ side: "east", neighbour: "forest", auraMeters: 128 }]);
    expect(zone.camps).toContainEqual(expect.objectContaining({ creature: "gale-wolf", count: 3, respawnSeconds: 40 }));
    for (const { x, y, z } of zone.spawns) expect(Math.abs(zone.world.groundHeight(x, z) - y)).toBeLessThan(0.5);

    await bake("shore-again", "res://scenes/zones/shore.tscn");
    expect(readFileSync(join(folder, "shore.zone")).equals(bytes)).toBe(true);
  });

  it("refuses a broken zone, naming every node and the reason", async () => {
    const { exitCode, lines } = await bake("broken", "res://tests/engine/bake/broken.tscn");
    expect(exitCode).toBe(1);
    const output = lines.join("\n");
    for (const [node, reason] of [
      ["Broken", 'got "Broken Zone"'],
      ["Broken/Tilted/Shape", "tilted by 10.0 degrees"],
      ["Broken/Round/Shape", "got a SphereShape3D"],
      ["Broken/Outside/Shape", "expected a box with its centre in the zone"],
      ["Broken/Rolling/Shape", "belongs to a RigidBody3D"],
      ["Broken/Buried", "below it"],
      ["Broken/Border", "expected the name of another zone"],
      ["Broken/Camps/Unknown", 'got "kraken"'],
      ["Broken/Camps/Away", "expected the whole circle in the zone"],
    ]) {
      expect(output).toMatch(new RegExp(`broken\\.tscn: ${node}: .*${reason?.replace(/[."]/g, "\\$&")}`));
    }
    expect(output).not.toContain("Trigger");
    expect(output).not.toContain("Camps/Off");
    expect(existsSync(join(folder, "Broken Zone.zone"))).toBe(false);
  });

  it("refuses a scene that is no zone", async () => {
    const { exitCode, lines } = await bake("no-zone", "res://tests/engine/bake/no-zone.tscn");
    expect(exitCode).toBe(1);
    expect(lines.join("\n")).toContain("no-zone.tscn: NoZone: expected a zone");
  });
});
