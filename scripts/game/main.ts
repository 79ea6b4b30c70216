import { join } from "node:path";
import {
  type Camera3D,
  type Control,
  DisplayServer,
  Node,
  OS,
  type PackedScene,
  RenderingServer,
  ResourceLoader,
} from "godot";
import type { ConnectionState } from "../client/connection-view.ts";
import type { GameClient } from "../client/game-client.ts";
import { Capability } from "../protocol/capability.ts";
import { ViewFrame } from "./character/view-frame.ts";
import { compileEarly } from "./early-compilation.ts";
import { FrameNodes } from "./frame-nodes.ts";
import { FramePace } from "./frame-pace.ts";
import type ControlHints from "./interface/control-hints.ts";
import type FrozenView from "./interface/frozen-view.ts";
import type PauseMenu from "./interface/pause-menu.ts";
import type TitleMenu from "./interface/title-menu.ts";
import { interfaceScaleIn, windowShare } from "./interface/window-fit.ts";
import { LAUNCH_USAGE, type LaunchOptions, readLaunchOptions } from "./launch-options.ts";
import { type OpenedClient, openClient } from "./open-client.ts";
import type ServerGhost from "./overlay/server-ghost.ts";
import type ReplayScreen from "./replay/replay-screen.ts";
import { applyComfort, applyFullScreen, applyQuality, applyVolume } from "./settings/apply-settings.ts";
import { comfort } from "./settings/comfort.ts";
import { qualityForDevice } from "./settings/quality.ts";
import type { Settings } from "./settings/settings.ts";
import { SettingsStore } from "./settings/settings-store.ts";
import type Soundscape from "./soundscape.ts";
import { spawnYaw } from "./spawn-view.ts";

const START_PITCH_RADIANS = -0.1;
const ENDING_SIGNALS = [
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGTERM", 15],
] as const;

/** The game: hands what the player wants to the client once per frame, and what the client says to those who draw. */
export default class Main extends Node {
  #opened: OpenedClient | undefined;
  #shown!: FrameNodes;
  /** What the camera sees in this frame. */
  readonly #view = new ViewFrame();
  readonly #pace = new FramePace();
  /** A recording that is played instead of the game. */
  #replay: ReplayScreen | undefined;
  #store!: SettingsStore;
  #options!: LaunchOptions;
  #applied: Settings | undefined;
  /** Whether the character was there in the last frame. */
  #arrived = false;
  #paused = false;
  /** Whether the overlay's controls have the mouse and the keys. */
  #controlling = false;
  /** What the player called last. */
  #address = "";
  #stateKind: ConnectionState["kind"] = "idle";

  _ready(): void {
    compileEarly();
    this.#shown = new FrameNodes(this);
    const { options, problems } = readLaunchOptions(OS.get_cmdline_user_args());
    for (const problem of problems) console.warn(`${problem}\n${LAUNCH_USAGE}`);
    this.#options = options;
    this.#openSettings();
    this.#listen();
    this.#endOnSignals();
    this.#showTitle();
    if (options.replayFile !== undefined) this.#startReplay(options.replayFile);
    else if (options.connect !== undefined) this.#join(options.connect, options.name ?? this.#store.current.playerName);
    if (options.autopilotSeconds !== undefined) this.#startAutopilot(options.autopilotSeconds);
  }

  _process(delta: number): void {
    const nowMs = performance.now();
    const seconds = this.#replay === undefined ? this.#play(nowMs, delta) : this.#playAgain(this.#replay, delta);
    if (this.#opened === undefined) return;
    const { client, meter } = this.#opened;
    this.#followConnection(client);
    this.#shown.banner.show_connection(client.connection);
    this.#draw(client, seconds, nowMs);
    this.#shown.overlay.show_frame(client, meter, this.#address, nowMs);
  }

  /** Whoever measures or watches the game looks here; nothing before the first world was joined. */
  get client(): GameClient | undefined {
    return this.#opened?.client;
  }

  _exit_tree(): void {
    this.#opened?.client.dispose();
    this.#opened = undefined;
  }

  /** One frame of the game; returns how long it was. */
  #play(nowMs: number, delta: number): number {
    const { autopilot, mapper, hud } = this.#shown;
    autopilot.drive(nowMs);
    const input = mapper.sample(delta);
    if (input.strike) input.strike = !hud.strike();
    this.#opened?.client.update(nowMs, input);
    return delta;
  }

  /** One frame of a recording; returns how far that went. */
  #playAgain(replay: ReplayScreen, delta: number): number {
    try {
      const seconds = replay.advance(delta);
      const { client, meter } = replay;
      if (client === this.#opened?.client) return seconds;
      // Gone back, or just begun.
      this.#opened = { client, link: undefined, meter, rules: undefined };
      this.#arrived = false;
      this.#stateKind = "idle";
      return seconds;
    } catch (error) {
      this.#endReplay(error);
      return 0;
    }
  }

  #draw(client: GameClient, delta: number, nowMs: number): void {
    const { own, remotes, telemetry } = client;
    const { fight, avatar, camera, others, strikes, plates, hud, status } = this.#shown;
    const view = this.#view;
    const pace = this.#pace;
    pace.begin(telemetry.snapshotsReceived);
    fight.prepare(client, delta);
    avatar.draw(own, delta, camera.distance_now_meters);
    if (own.present) {
      if (!this.#arrived) this.#arrive(client);
      camera.follow(own, client.zone?.world, delta);
      view.take(camera, camera.pose);
    } else view.look(this);
    others.draw(remotes, view, delta);
    // A recording that stands still has no news.
    if (delta > 0) strikes.show(client);
    const playing = client.connection.state.kind === "playing";
    plates.show_names(playing ? remotes : undefined, view, delta);
    fight.finish(client, view, delta);
    hud.show_frame(playing ? client : undefined, view, delta, pace.busy);
    if (own.present && client.connection.state.kind === "playing") {
      status.show_status(client.connection.state.zone, telemetry.linkRttMs, remotes.count, nowMs);
    } else status.pause();
  }

  /** The first frame with the character: from the title's view to the player's. */
  #arrive(client: GameClient): void {
    const { x, z } = client.own;
    const fights = client.telemetry.featuresInUse.includes(Capability.combat);
    this.#arrived = true;
    const { camera } = this.#shown;
    camera.cut();
    camera.make_current();
    this.get_node<Camera3D>("%TitleCamera").set_process(false);
    this.#shown.mapper.look_along(spawnYaw(this.get_node("%Zone"), x, z), START_PITCH_RADIANS);
    this.get_node<Soundscape>("%Soundscape").play("Confirm");
    if (!this.#store.current.hintsSeen) this.get_node<ControlHints>("%ControlHints").start(fights);
  }

  /** Shows and hides what belongs to a state of the connection when the state changes. */
  #followConnection(client: GameClient): void {
    const { state } = client.connection;
    if (state.kind === this.#stateKind) return;
    const playing = state.kind === "playing";
    const frozen = this.get_node<FrozenView>("%FrozenView");
    if (this.#stateKind === "playing" && state.kind === "reconnecting") frozen.freeze();
    else if (playing || state.kind === "left") frozen.thaw();
    this.#stateKind = state.kind;
    this.#showStatus();
    this.#letPlay();
    if (playing) return;
    this.get_node<ControlHints>("%ControlHints").stop();
    if (this.#paused) this.#closePause();
    if (state.kind === "left" && this.#replay === undefined) this.#showTitle();
  }

  #startReplay(file: string): void {
    this.get_node<TitleMenu>("%TitleMenu").visible = false;
    this.#store.useForThisRun({ hintsSeen: true });
    const scene = ResourceLoader.load<PackedScene>("res://scenes/interface/replay-screen.tscn");
    const replay = scene?.instantiate() as ReplayScreen | undefined;
    if (replay === undefined) throw new Error("the scene of replays cannot be loaded");
    this.get_node("Interface").add_child(replay);
    replay.connect("finished", () => this.#quit(0));
    try {
      replay.open({
        file,
        startSeconds: this.#options.replayStartSeconds,
        seconds: this.#options.replaySeconds,
      });
      this.#replay = replay;
    } catch (error) {
      this.#endReplay(error);
    }
  }

  #endReplay(error: unknown): void {
    console.error(`the recording cannot be played: ${error instanceof Error ? error.message : String(error)}`);
    this.#replay = undefined;
    this.#opened = undefined;
    this.#quit(2);
  }

  #join(address: string, name: string): void {
    this.get_node<TitleMenu>("%TitleMenu").visible = false;
    try {
      this.#opened ??= this.#open();
      this.#address = address;
      this.#opened.client.connect({ address, name });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`the network cannot be used: ${reason}`);
      this.#showTitle();
      this.get_node<TitleMenu>("%TitleMenu").show_problem(`The network cannot be used: ${reason}`);
    }
  }

  #open(): OpenedClient {
    const opened = openClient(this.#shown.overlay.conditions, this.#options.recordFile);
    if (opened.rules !== undefined) this.#shown.hud.prepare(opened.rules);
    return opened;
  }

  #leave(): void {
    this.#opened?.client.disconnect();
    if (this.#stateKind === "rejected" || this.#stateKind === "idle") this.#showTitle();
  }

  #showTitle(): void {
    this.#arrived = false;
    this.get_node<FrozenView>("%FrozenView").thaw();
    this.#shown.mapper.set_active(false);
    const camera = this.get_node<Camera3D>("%TitleCamera");
    camera.make_current();
    camera.set_process(true);
    this.get_node<TitleMenu>("%TitleMenu").open();
  }

  #pause(): void {
    this.#paused = true;
    this.#letPlay();
    this.get_node<PauseMenu>("%PauseMenu").open();
  }

  #closePause(): void {
    this.#paused = false;
    this.get_node<PauseMenu>("%PauseMenu").visible = false;
    this.#letPlay();
  }

  /** Input moves the character while nothing else has it. */
  #letPlay(): void {
    const mayPlay = this.#replay === undefined && !this.#paused && !this.#controlling;
    const playing = this.#stateKind === "playing" && mayPlay;
    const { hud } = this.#shown;
    hud.set_active(playing);
    this.#shown.mapper.set_active(playing && !hud.screen_open);
  }

  #listen(): void {
    this.get_viewport()?.connect("size_changed", () => this.#fitToWindow());
    this.#fitToWindow();
    const title = this.get_node<TitleMenu>("%TitleMenu");
    title.connect("play_requested", (address: string, playerName: string) => {
      this.#store.change({ address, playerName });
      this.#join(address, playerName);
    });
    title.connect("quit_requested", () => this.#quit(0));
    const pause = this.get_node<PauseMenu>("%PauseMenu");
    pause.connect("resumed", () => {
      this.#closePause();
      this.#shown.mapper.capture_mouse();
    });
    pause.connect("disconnect_requested", () => {
      this.#closePause();
      this.#leave();
    });
    pause.connect("quit_requested", () => this.#quit(0));
    this.#shown.banner.connect("cancelled", () => this.#leave());
    const { overlay } = this.#shown;
    overlay.use(this.get_node<ServerGhost>("%ServerGhost"), this.#options.link);
    overlay.connect("link_changed", () => this.#opened?.link?.setConditions(overlay.conditions));
    overlay.connect("opened", () => this.get_node<ControlHints>("%ControlHints").stop());
    overlay.connect("controls_used", (used: boolean) => {
      this.#controlling = used;
      this.#letPlay();
    });
    this.get_node<ControlHints>("%ControlHints").connect("finished", () => this.#store.change({ hintsSeen: true }));
    this.#shown.mapper.connect("pause_requested", () => this.#pause());
    this.#shown.mapper.connect("zoomed", (steps: number) => this.#shown.camera.zoom(steps));
    const { hud } = this.#shown;
    hud.connect("free_mouse_requested", () => this.#shown.mapper.toggle_mouse());
    hud.connect("pause_requested", () => this.#pause());
    hud.connect("room_needed", () => this.get_node<ControlHints>("%ControlHints").stop());
    hud.connect("screen_toggled", (open: boolean) => {
      if (open) this.get_node<ControlHints>("%ControlHints").stop();
      this.#letPlay();
    });
    const { avatar } = this.#shown;
    const sound = this.get_node<Soundscape>("%Soundscape");
    avatar.connect("stepped", (running: boolean) => sound.step(running));
    avatar.connect("jumped", () => sound.play("Jump"));
    this.get_viewport()?.connect("gui_focus_changed", () => sound.play("Select"));
    avatar.connect("landed", (fallSpeed: number) => fallSpeed > 3 && sound.play("Land"));
  }

  /** The interface has room of its own in every window: in small ones less than the usual, so that its letters can be read. */
  #fitToWindow(): void {
    const window = this.get_window();
    if (window === null) return;
    const { x, y } = window.size;
    const factor = interfaceScaleIn(x, y) / windowShare(x, y);
    // That says anew that the size has changed, to everybody.
    if (Math.abs(window.content_scale_factor - factor) > 0.001) window.content_scale_factor = factor;
    this.#showStatus();
  }

  /** In the smallest windows there is no room for it in a fight. */
  #showStatus(): void {
    const fights = this.#opened?.client.combat.inUse === true;
    this.get_node<Control>("%Status").visible = this.#stateKind === "playing" && !(fights && comfort.small);
  }

  #openSettings(): void {
    const path = join(OS.get_user_data_dir(), "settings.json");
    const device = RenderingServer.get_video_adapter_name();
    this.#store = new SettingsStore(path, qualityForDevice(device), (line) => console.warn(line));
    if (this.#options.quality !== undefined) this.#store.useForThisRun({ quality: this.#options.quality });
    const address = this.#options.connect ?? this.#options.address;
    if (address !== undefined) this.#store.useForThisRun({ address });
    if (this.#options.name !== undefined) this.#store.useForThisRun({ playerName: this.#options.name });
    this.#store.watch((settings) => this.#apply(settings));
    this.get_node<TitleMenu>("%TitleMenu").use(this.#store);
    this.get_node<PauseMenu>("%PauseMenu").use(this.#store);
  }

  #apply(settings: Readonly<Settings>): void {
    const before = this.#applied;
    this.#applied = { ...settings };
    if (before?.quality !== settings.quality) {
      const far = applyQuality(this, settings.quality);
      for (const name of ["%PlayerCamera", "%TitleCamera"]) this.get_node<Camera3D>(name).far = far;
    }
    if (before?.volume !== settings.volume) applyVolume(settings.volume);
    if (before?.fullScreen !== settings.fullScreen) applyFullScreen(this, settings.fullScreen);
    applyComfort(this.#shown.hud, settings, before);
    this.#shown.mapper.sensitivity = settings.mouseSensitivity;
    this.#shown.mapper.invertY = settings.invertY;
  }

  #startAutopilot(seconds: number): void {
    if (this.#opened === undefined) {
      console.error("--autopilot needs a world to play on: add --connect HOST:PORT");
      this.#quit(2);
      return;
    }
    // Nobody is there to read them, and they would stand in the pictures.
    this.#store.useForThisRun({ hintsSeen: true });
    this.#shown.autopilot.start({
      client: this.#opened.client,
      seconds,
      screenshotFolder: this.#options.screenshotFolder,
      reportFile: this.#options.reportFile,
      zone: this.get_node("%Zone"),
      combat: this.#opened.rules,
      finish: (report) => this.#quit(report.ok ? 0 : 1),
    });
  }

  /** Whoever ends the process ends the session too: the server hears a goodbye. The second signal of a kind kills. */
  #endOnSignals(): void {
    for (const [signal, number] of ENDING_SIGNALS) process.once(signal, () => this.#quit(128 + number));
  }

  #quit(code: number): void {
    this.#opened?.client.disconnect();
    // The goodbye leaves with the next frame's flush, so the tree ends after it.
    if (DisplayServer.get_name() !== "headless") this.#shown.mapper.release_mouse();
    this.get_tree()
      .create_timer(0.1)
      .connect("timeout", () => this.get_tree().quit(code));
  }
}
