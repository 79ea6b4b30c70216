import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import { placeMoveState } from "../../../scripts/simulation/move-state.ts";
import { cosOfYaw, sinOfYaw } from "../../../scripts/simulation/trigonometry.ts";
import type { CombatOptions } from "../../../server/zone/zone-server.ts";
import type { VirtualDisplay } from "../../../tools/display/virtual-display.ts";
import { GodotProcess } from "../runner/godot-process.ts";
import { type FightSeen, seenIn } from "./fight-seen.ts";
import { LiveZone } from "./live-zone.ts";
import type { Observer } from "./observer.ts";

/** The game in a window, as Ada, on a zone server whose truth the test can change, with Ben before her; and what of it reaches the engine, frame by frame. */
export class Duel implements AsyncDisposable {
  readonly zone: LiveZone;
  readonly ben: Observer;
  readonly #display: VirtualDisplay;
  readonly #game: GodotProcess;
  #from = 0;

  /** `combat`: what is added to fighting by the project's data; without it there is none. */
  constructor(name: string, display: VirtualDisplay, timeoutMs: number, combat?: Omit<CombatOptions, "data">) {
    this.#display = display;
    this.zone = new LiveZone(combat);
    this.ben = this.zone.observe("Ben");
    this.#game = new GodotProcess({
      name: `game/${name}`,
      scene: "res://tests/engine/game/fight-watch.tscn",
      display,
      args: ["--connect", this.zone.address, "--name", "Ada", "--quality", "low"],
      timeoutMs,
    });
  }

  /** Both are there, Ben so far before Ada, looking at her; the first click has caught the mouse. */
  async begin(metersApart: number): Promise<void> {
    const { commands } = await this.ada();
    await this.zone.until("the game sends commands", () => commands.lastExecutedTick > 60);
    await this.put(metersApart);
    this.press("click", "640", "360");
    await this.sees("the mouse is caught", ({ mouseCaptured }) => mouseCaptured);
  }

  ada() {
    return this.zone.player("Ada");
  }

  benThere() {
    return this.zone.player("Ben");
  }

  /** Puts Ben so far before Ada, whatever stands between, and waits until he stands. */
  async put(meters: number): Promise<void> {
    const { state, lastCommand, entityId } = await this.ada();
    const { yaw } = lastCommand;
    await this.putAt(state.x - sinOfYaw(yaw) * meters, state.z - cosOfYaw(yaw) * meters);
    await this.zone.until("Ben sees Ada", () => this.ben.position(entityId) !== undefined);
  }

  /** Puts Ben on the ground of a place, metres, looking at Ada. */
  async putAt(x: number, z: number): Promise<void> {
    const { state } = await this.ada();
    const ben = await this.benThere();
    const y = Math.max(this.zone.zone.world.groundHeight(x, z), state.y - 8) + 0.5;
    const yaw = Math.round((Math.atan2(x - state.x, z - state.z) / (2 * Math.PI)) * 0x10000) & 0xffff;
    placeMoveState(ben.state, { x, y, z, yaw });
    this.ben.input.yawRadians = (yaw / 0x10000) * Math.PI * 2;
    await this.zone.until("Ben stands there", () => ben.state.grounded);
  }

  get fighters() {
    const combat = this.zone.server.combat;
    if (combat === undefined) throw new Error("expected a server with fighting");
    return combat.world.state.fighters;
  }

  /** Makes somebody whole, and lets it have all that it may need. */
  heal(entityId: number): void {
    const { fighters } = this;
    const place = fighters.placeOf(entityId);
    fighters.health[place] = fighters.maxHealth[place] ?? 0;
    fighters.resource[place] = fighters.maxResource[place] ?? 0;
    fighters.globalEnd[place] = 0;
  }

  /** All that is seen from now on counts as seen. */
  forget(): void {
    this.#from = this.#game.lines.length;
  }

  /** What was seen from the start. */
  get all(): FightSeen[] {
    return seenIn(this.#game.lines);
  }

  /** What was seen last. */
  get newest(): FightSeen | undefined {
    const from = this.#game.lines.findLastIndex((line) => line.startsWith("fight "));
    return seenIn(this.#game.lines, Math.max(from, 0)).at(-1);
  }

  /** What was seen since `forget`. */
  get seen(): FightSeen[] {
    return seenIn(this.#game.lines, this.#from);
  }

  /** Waits until something has been seen since `forget`. */
  async sees(what: string, isSo: (seen: FightSeen) => boolean, limitMs?: number): Promise<void> {
    let next = this.#from;
    const come = () => {
      const news = seenIn(this.#game.lines, next);
      next = this.#game.lines.length;
      return news.some(isSo);
    };
    await this.zone.until(what, come, limitMs).catch((error: unknown) => {
      throw new Error(`${error}\n${this.#game.lines.slice(-3).join("\n")}`);
    });
  }

  /** Whether something is seen since `forget`, or soon. */
  async comes(isSo: (seen: FightSeen) => boolean, limitMs: number): Promise<boolean> {
    try {
      await this.sees("it comes", isSo, limitMs);
      return true;
    } catch {
      return false;
    }
  }

  /** Does something, waits, and does it again until something was seen that chance may keep back, or a busy machine. */
  async tries(what: string, act: () => void | Promise<void>, isSo: (seen: FightSeen) => boolean): Promise<void> {
    for (let left = 12; ; left -= 1) {
      this.forget();
      await act();
      try {
        await this.sees(what, isSo, 4_000);
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Goes down in a menu until a node has the focus. */
  async walkDownTo(node: string): Promise<void> {
    for (let steps = 0; this.newest?.focus !== node; steps += 1) {
      const before = this.newest?.focus;
      if (steps === 30) throw new Error(`${node} is not to be reached: ${before} has the focus`);
      this.forget();
      this.press("key", "Down");
      await this.sees("the focus moves", ({ focus }) => focus !== before);
    }
  }

  press(kind: "key" | "click", ...what: readonly string[]): void {
    const args =
      kind === "key" ? ["key", ...what] : what.length === 0 ? ["click", "1"] : ["mousemove", ...what, "click", "1"];
    execFileSync("xdotool", args, { env: this.#display.env });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#game.kill("SIGTERM");
    const { lines } = await this.#game.ended;
    await this.zone[Symbol.asyncDispose]();
    expect(lines.filter((line) => /ERROR|leaked/.test(line))).toEqual([]);
  }
}
