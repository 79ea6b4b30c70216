import { readFileSync } from "node:fs";
import { Input, InputEventKey, InputMap, Key, Node } from "godot";
import { GameClient } from "../../../scripts/client/game-client.ts";
import { registerControls } from "../../../scripts/game/input/controls.ts";
import type NetOverlay from "../../../scripts/game/overlay/net-overlay.ts";
import type ServerGhost from "../../../scripts/game/overlay/server-ghost.ts";
import { MessageMeter } from "../../../scripts/protocol/metering/message-meter.ts";
import { linkProfile } from "../../../scripts/transport/conditioner/link-profiles.ts";
import { measureAllocation } from "../../../tools/bench/netcode/measure-allocation.ts";
import type { VirtualPlayer } from "../../../tools/scenario/virtual-player.ts";
import { SERVER_ADDRESS, VirtualWorld } from "../../../tools/scenario/virtual-world.ts";

const OTHERS = 20;
const FRAME_MS = 1000 / 60;
/** The lag graph is full, and everything compiled, after this. */
const WARM_UP_FRAMES = 1500;
/** Open and closed take turns, so that both see the same machine. */
const TURN_FRAMES = 120;
const TURNS = 20;
const ALLOCATION_FRAMES = 14;

class Times {
  readonly #us: number[] = [];

  add(us: number): void {
    this.#us.push(us);
  }

  mean(): number {
    return this.#us.reduce((sum, us) => sum + us, 0) / this.#us.length;
  }

  quantile(share: number): number {
    return [...this.#us].sort((a, b) => a - b)[Math.floor(this.#us.length * share)] ?? Number.NaN;
  }
}

/** Time of scripts per frame with the overlay open and closed, beside that of the client itself, on the reference link among 20 walking bots. */
export default class OverlayBench extends Node {
  readonly #meter = new MessageMeter({ nowNs: () => 0, timeOneIn: 1_000_000 });
  readonly #client = new Times();
  readonly #closed = new Times();
  readonly #open = new Times();
  /** All that drawing takes, frames in which nothing is drawn anew counted as 0. */
  readonly #drawn = new Times();
  readonly #redrawn = new Times();
  #world!: VirtualWorld;
  #player!: VirtualPlayer;
  #frame = 0;
  #isOpen = false;
  #flushFromMs = 0;

  override _ready(): void {
    registerControls();
    const overlay = this.#overlay;
    overlay.use(this.get_node<ServerGhost>("ServerGhost"), undefined);
    const link = linkProfile("reference");
    this.#world = new VirtualWorld({ zoneBytes: readFileSync("dist/zones/shore.zone"), seed: 1, maxPlayers: 64, link });
    this.#world.startServer();
    for (let i = 0; i < OTHERS; i += 1) this.#world.addPlayer(`Bot ${i}`).input.moveZ = -1;
    const makeClient: NonNullable<Parameters<VirtualWorld["addPlayer"]>[1]>["makeClient"] = (options) =>
      new GameClient({ ...options, meter: this.#meter });
    this.#player = this.#world.addPlayer("Ada", { makeClient });
    this.#player.input.moveZ = -1;
  }

  override _process(_delta: number): void {
    this.#frame += 1;
    const counted = this.#frame - WARM_UP_FRAMES;
    if (counted > TURNS * TURN_FRAMES) {
      this.#report();
      return;
    }
    if (counted < 0) {
      if (this.#frame === 2) this.#toggle();
    } else if (counted % TURN_FRAMES === 0) this.#toggle();
    this.#playFrame(counted > 0);
  }

  /** The end of the engine's queue of what was to be done later in this frame: drawing is in it. */
  end_of_queue(counts: boolean): void {
    const us = (performance.now() - this.#flushFromMs) * 1000;
    if (!counts || !this.#isOpen) return;
    this.#drawn.add(us);
    if (us > 20) this.#redrawn.add(us);
  }

  begin_of_queue(): void {
    this.#flushFromMs = performance.now();
  }

  #playFrame(counts: boolean): void {
    const { client } = this.#player;
    let startedMs = 0;
    this.#player.beforeFrame = () => {
      startedMs = performance.now();
    };
    this.#player.onFrame = () => {
      if (counts) this.#client.add((performance.now() - startedMs) * 1000);
    };
    this.#world.runFor(FRAME_MS);
    const overlay = this.#overlay;
    this.call_deferred("begin_of_queue");
    const begunMs = performance.now();
    overlay.show_frame(client, this.#meter, SERVER_ADDRESS, this.#world.nowMs);
    const us = (performance.now() - begunMs) * 1000;
    this.call_deferred("end_of_queue", counts);
    if (counts) (this.#isOpen ? this.#open : this.#closed).add(us);
  }

  #toggle(): void {
    this.#isOpen = !this.#isOpen;
    if (!InputMap.has_action("net_overlay")) throw new Error("the game's actions are not registered");
    const event = new InputEventKey();
    event.physical_keycode = Key.KEY_F3;
    event.pressed = true;
    Input.parse_input_event(event);
    const release = new InputEventKey();
    release.physical_keycode = Key.KEY_F3;
    Input.parse_input_event(release);
  }

  #report(): void {
    const { client } = this.#player;
    const overlay = this.#overlay;
    if (overlay.value_of("zone") !== "shore") throw new Error("the overlay was never open: nothing was measured");
    const round = (value: number) => Math.round(value * 100) / 100;
    let nowMs = this.#world.nowMs;
    const frame = () => {
      nowMs += 0.001;
      overlay.show_frame(client, this.#meter, SERVER_ADDRESS, nowMs);
    };
    frame();
    const clientUs = this.#client.mean();
    const openUs = this.#open.mean() + this.#drawn.mean();
    console.log(
      JSON.stringify({
        bench: "overlay",
        frames: (TURNS * TURN_FRAMES) / 2,
        clientUs: round(clientUs),
        clientP50Us: round(this.#client.quantile(0.5)),
        closedUs: round(this.#closed.mean()),
        closedP50Us: round(this.#closed.quantile(0.5)),
        openUs: round(openUs),
        openP50Us: round(this.#open.quantile(0.5)),
        openP99Us: round(this.#open.quantile(0.99)),
        redrawP50Us: round(this.#redrawn.quantile(0.5)),
        closedToClient: round(this.#closed.mean() / clientUs),
        openToClient: round(openUs / clientUs),
        openPercentOfFrame: round(openUs / (FRAME_MS * 10)),
        allocBytes: round(measureAllocation(ALLOCATION_FRAMES, frame)),
      }),
    );
    this.#world.dispose();
    this.set_process(false);
    this.get_tree()?.quit();
  }

  get #overlay(): NetOverlay {
    return this.get_node<NetOverlay>("NetOverlay");
  }
}
