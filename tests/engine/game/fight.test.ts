import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { cosOfYaw, sinOfYaw } from "../../../scripts/simulation/trigonometry.ts";
import { startVirtualDisplay, type VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { type FightSeen, seenIn } from "./fight-seen.ts";
import { LiveZone } from "./live-zone.ts";

const NEAR_METERS = 2.4;
const FAR_METERS = 14;
const PICTURES = "out/engine/game/fight";
let display: VirtualDisplay;

beforeAll(async () => {
  display = await startVirtualDisplay();
});
afterAll(() => display.stop());

function xdotool(...args: string[]): void {
  execFileSync("xdotool", args, { env: display.env });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("a fight of the real game with a server: bodies, texts, bolts, marks, sounds and the view follow what the server says", async () => {
  await using zone = new LiveZone({ camps: [] });
  const ben = zone.observe("Ben");
  const game = new GodotProcess({
    name: "game/fight",
    scene: "res://tests/engine/game/fight-watch.tscn",
    display,
    args: ["--connect", zone.address, "--name", "Ada", "--quality", "low"],
    timeoutMs: 170_000,
  });
  const ada = await zone.player("Ada");
  const benThere = await zone.player("Ben");
  await zone.until("the game sends commands", () => ada.commands.lastExecutedTick > 60);
  const { yaw } = ada.lastCommand;
  const { x, y, z } = ada.state;
  const facing = (yaw + 32768) % 65536;
  const put = (meters: number) => {
    const [px, pz] = [x - sinOfYaw(yaw) * meters, z - cosOfYaw(yaw) * meters];
    placeMoveState(benThere.state, { x: px, y: y + 1.5, z: pz, yaw: facing });
  };
  put(FAR_METERS);
  ben.input.yawRadians = (facing / 65536) * Math.PI * 2;
  await zone.until("Ben stands before Ada", () => benThere.state.grounded && ben.client.combat.inUse);
  const fighters = zone.server.combat?.world.state.fighters;
  if (fighters === undefined) throw new Error("expected a server with combat");
  const healthOf = (entityId: number) => fighters.health[fighters.placeOf(entityId)] ?? -1;
  const heal = (entityId: number) => {
    const place = fighters.placeOf(entityId);
    fighters.health[place] = fighters.maxHealth[place] ?? 0;
    fighters.resource[place] = fighters.maxResource[place] ?? 0;
  };

  let from = 0;
  const begin = () => {
    from = game.lines.length;
  };
  const sees = async (what: string, isSo: (seen: FightSeen) => boolean, limitMs?: number) => {
    let next = from;
    const come = () => {
      const news = seenIn(game.lines, next);
      next = game.lines.length;
      return news.some(isSo);
    };
    await zone.until(what, come, limitMs).catch((error: unknown) => {
      throw new Error(`${error}\n${game.lines.slice(-3).join("\n")}`);
    });
  };

  // Lock on, and a ball of fire: cast, thrown, in flight, and there when the server says so.
  xdotool("mousemove", "640", "360", "click", "1");
  await pause(800);
  xdotool("key", "Tab");
  await sees("a ring under the target", ({ marks }) => marks === 1);
  const hits = ({ texts }: FightSeen) => texts.some(({ kind, taken }) => kind === "damage" && !taken);
  const misses = ({ texts }: FightSeen) => texts.some(({ kind }) => kind === "miss");
  do {
    // One in twenty misses.
    begin();
    xdotool("key", "2");
    await sees("the own arms are out", ({ own }) => own.cast > 0.9);
    display.screenshot(`${PICTURES}/cast.png`);
    await sees("a bolt flies", ({ bolts }) => bolts === 1);
    await sees("what comes of it over Ben", (seen) => hits(seen) || misses(seen));
  } while (!seenIn(game.lines, from).some(hits));
  display.screenshot(`${PICTURES}/fireball.png`);
  await sees("Ben lights up", ({ others }) => (others[0]?.flash ?? 0) > 0.2);
  const told = seenIn(game.lines, from);
  // The bolt is gone when the damage is there, and the text says what the server took.
  const hit = told.findIndex(({ texts }) => texts.some(({ kind, amount }) => kind === "damage" && amount > 0));
  const flown = told.findLastIndex(({ bolts }, i) => bolts > 0 && i <= hit + 6);
  expect(flown).toBeGreaterThan(0);
  expect(hit - flown).toBeGreaterThan(-8);
  expect(hit - flown).toBeLessThan(12);
  const sounds = seenIn(game.lines, from).at(-1)?.sounds;
  expect(sounds?.Cast).toBeGreaterThan(0);
  expect(sounds?.Throw).toBe(sounds?.Cast);

  put(NEAR_METERS);
  // A channel: arms wide, sparks all the time, damage again and again.
  heal(ben.client.own.entityId);
  await pause(1_500);
  begin();
  xdotool("key", "3");
  await sees("the own arms are wide", ({ own }) => own.channel > 0.9);
  await sees("sparks fly", ({ bolts }) => bolts > 0);
  await pause(900);
  display.screenshot(`${PICTURES}/channel.png`);
  await pause(2_000);

  // A burst around oneself marks the ground and shakes the view; a leap stretches the body.
  heal(ada.entityId);
  await pause(600);
  begin();
  xdotool("key", "4");
  await sees("the ground is marked", ({ marks }) => marks === 2);
  await pause(150);
  display.screenshot(`${PICTURES}/burst.png`);
  await sees("the view shakes", ({ roll }) => roll > 0);
  await pause(1_200);
  begin();

  // Blows are expected at once, and become what the server says.
  heal(ben.client.own.entityId);
  for (let blows = 0; blows < 3; blows += 1) {
    xdotool("key", "1");
    await pause(1_250);
  }
  await sees("a blow that is expected", ({ texts }) => texts.some(({ predicted }) => predicted));
  await sees("the own arm strikes", ({ own }) => own.lift + own.cut > 0.6);

  // Ben strikes back: the own body lights up, the text is one of what is taken; guarded well, blows are blocked.
  fighters.guard[fighters.placeOf(ada.entityId)] = 200;
  ben.client.act({ kind: "target", entityId: ada.entityId });
  begin();
  const strikes = setInterval(() => {
    heal(ada.entityId);
    ben.client.act({ kind: "use", slot: 1 });
  }, 1_050);
  await sees("the own body lights up", ({ own }) => own.flash > 0.2);
  await sees("what was taken is told beside it", ({ texts }) => texts.some(({ taken }) => taken));
  display.screenshot(`${PICTURES}/taken.png`);
  await sees("Ben's arm strikes", ({ others: [ben] }) => (ben?.lift ?? 0) + (ben?.cut ?? 0) > 0.6);
  await sees("a blow is blocked with the arms", ({ own }) => own.guard > 0.8, 40_000);
  clearInterval(strikes);
  fighters.guard[fighters.placeOf(ada.entityId)] = 0;

  // Ben dies by a blow, lies there, and gets up where he comes back.
  begin();
  const blows = setInterval(() => {
    heal(ada.entityId);
    fighters.health[fighters.placeOf(ben.client.own.entityId)] = 1;
    xdotool("key", "1");
  }, 1_200);
  await zone.until("Ben is dead", () => healthOf(ben.client.own.entityId) === 0);
  clearInterval(blows);
  await sees("Ben lies", ({ others }) => others[0]?.dead === 1);
  expect(seenIn(game.lines).at(-1)?.sounds.Death).toBe(1);
  display.screenshot(`${PICTURES}/death.png`);

  game.kill("SIGTERM");
  const result = await game.ended;
  expect(result.lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
}, 180_000);
