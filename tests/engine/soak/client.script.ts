import {
  type BaseButton,
  type HSlider,
  Input,
  InputEventKey,
  Key,
  type MultiMeshInstance3D,
  Node,
  type Node3D,
  type OptionButton,
} from "godot";
import { FightCount } from "../../../scripts/client/combat/fight-count.ts";
import type Autopilot from "../../../scripts/game/autopilot/autopilot.ts";
import type Main from "../../../scripts/game/main.ts";
import { addGame } from "../game/add-game.ts";
import { printSample } from "./engine-sampler.ts";
import { plantLeak } from "./planted-leak.ts";

/** Everything below happens once in so many seconds; the sample is taken last, with the character walking and nothing open. */
const CYCLE_SECONDS = 10;
const PAUSE = "Main/Interface/PauseMenu";
const TITLE = "Main/Interface/TitleMenu";
const LINK = "Main/Interface/NetOverlay/%LinkPanel";
const QUALITIES = 3;
const LEAK_INTERVAL_SECONDS = 0.1;
const LONGEST_FRAME_SECONDS = 0.25;
const LOOK_INTERVAL_SECONDS = 0.1;

/** Plays the whole game with keys and buttons, over and over, while the autopilot walks and fights; prints what the engine holds. */
export default class ClientSoak extends Node {
  /** Time of the first frame. */
  #startedMs = 0;
  readonly #limitSeconds = Number(process.env.DARKAGES_SOAK_SECONDS ?? "30");
  #lastMs = 0;
  #playedSeconds = 0;
  #cycle = 0;
  #cycleSeconds = 0;
  #nextStep = 0;
  #leakSeconds = 0;
  #ended = false;
  /** How often the character came into the world, how far it was seen to walk, metres, and the last place of it. */
  #joined = 0;
  #walked = 0;
  #place: { x: number; z: number } | undefined;
  #lookSeconds = 0;
  readonly #count = new FightCount();

  /** What is done in a cycle, and when. A short soak has the same steps in less time. */
  readonly #steps: readonly (readonly [share: number, step: () => void])[] = [
    [0, () => this.#chooseFights()],
    [0.05, () => this.#key(Key.KEY_ESCAPE)],
    [0.1, () => this.#press(`${PAUSE}/%Settings`)],
    [0.12, () => this.#changeSettings(this.#cycle)],
    [0.2, () => this.#press(`${PAUSE}/%SettingsPanel/%Close`)],
    [0.22, () => this.#press(`${PAUSE}/%Resume`)],
    [0.3, () => this.#key(Key.KEY_F3)],
    [0.35, () => this.#key(Key.KEY_F4)],
    [0.4, () => this.#chooseLink(["broadband", "mobile", "wifi-stall", "reference"][this.#cycle % 4] ?? "lan")],
    [0.5, () => this.#chooseLink("none")],
    [0.52, () => this.#key(Key.KEY_F4)],
    [0.55, () => this.#key(Key.KEY_F3)],
    [0.6, () => this.#leave()],
    [0.65, () => this.#press(`${TITLE}/%Settings`)],
    [0.67, () => this.#changeSettings(0)],
    [0.69, () => this.#press(`${TITLE}/%SettingsPanel/%Close`)],
    [0.72, () => this.#rejoin()],
    [0.99, () => printSample(this.#startedMs)],
  ];

  _ready(): void {
    addGame(this);
  }

  _process(): void {
    if (this.#ended) return;
    // Not the engine's time, which stands behind where frames are long; and a machine that stalls is given the time again.
    const nowMs = performance.now();
    this.#startedMs ||= nowMs;
    const delta = Math.min((nowMs - (this.#lastMs || nowMs)) / 1000, LONGEST_FRAME_SECONDS);
    this.#lastMs = nowMs;
    this.#playedSeconds += delta;
    this.#leakSeconds += delta;
    for (; this.#leakSeconds > LEAK_INTERVAL_SECONDS; this.#leakSeconds -= LEAK_INTERVAL_SECONDS) plantLeak();
    const { client } = this.get_node<Main>("Main");
    if (client !== undefined) this.#count.add(client.combat.events, client.own.entityId);
    this.#lookSeconds += delta;
    if (this.#lookSeconds > LOOK_INTERVAL_SECONDS) this.#look();
    this.#cycleSeconds += delta;
    const seconds = Math.min(CYCLE_SECONDS, this.#limitSeconds / 5);
    for (let step = this.#steps[this.#nextStep]; step !== undefined; step = this.#steps[this.#nextStep]) {
      if (this.#cycleSeconds < step[0] * seconds) return;
      this.#nextStep += 1;
      step[1]();
    }
    if (this.#cycleSeconds < seconds) return;
    this.#cycleSeconds = 0;
    this.#nextStep = 0;
    this.#cycle += 1;
    if (this.#playedSeconds >= this.#limitSeconds) this.#end();
  }

  #end(): void {
    this.#ended = true;
    console.log(`soak cycles ${this.#cycle}`);
    console.log(`soak joined ${this.#joined}`);
    console.log(`soak walked ${Math.round(this.#walked)}`);
    console.log(`soak abilities ${this.#count.abilitiesUsed}`);
    console.log(`soak kills ${this.#count.kills}`);
    console.log(`soak deaths ${this.#count.deaths}`);
    console.log(`soak returns ${this.#count.returns}`);
    this.#press(`${PAUSE}/%Quit`);
  }

  /** Where the own character is drawn now. */
  #look(): void {
    this.#lookSeconds = 0;
    const avatar = this.get_node<Node3D>("Main/World/Avatar");
    const buffer = avatar.get_node<MultiMeshInstance3D>("Body").multimesh?.buffer;
    if (!avatar.visible || buffer === undefined) {
      this.#place = undefined;
      return;
    }
    const place = { x: buffer[3] ?? 0, z: buffer[11] ?? 0 };
    if (this.#place === undefined) this.#joined += 1;
    else this.#walked += Math.hypot(place.x - this.#place.x, place.z - this.#place.z);
    this.#place = place;
  }

  /** Every other time with players, too, who stand where the character comes in; then it is on its way. */
  #chooseFights(): void {
    this.get_node<Autopilot>("Main/Autopilot").fights_players = this.#cycle % 2 === 1;
  }

  #key(key: Key): void {
    for (const pressed of [true, false]) {
      const event = new InputEventKey();
      event.keycode = key;
      event.physical_keycode = key;
      event.pressed = pressed;
      Input.parse_input_event(event);
    }
  }

  #press(path: string): void {
    this.get_node<BaseButton>(path).emit_signal("pressed");
  }

  #changeSettings(round: number): void {
    const panel = `${PAUSE}/%SettingsPanel`;
    const quality = this.get_node<OptionButton>(`${panel}/%Quality`);
    quality.select(round % QUALITIES);
    quality.emit_signal("item_selected", round % QUALITIES);
    this.get_node<HSlider>(`${panel}/%Volume`).value = 10 + (round % 8) * 10;
    this.get_node<HSlider>(`${panel}/%Sensitivity`).value = 0.5 + (round % 5) * 0.1;
    this.get_node<BaseButton>(`${panel}/%InvertY`).button_pressed = round % 2 === 1;
  }

  #chooseLink(name: string): void {
    this.#press(`${LINK}/%Profiles/${name}`);
  }

  /** Every other time to the title and in again. */
  #leave(): void {
    if (this.#cycle % 2 === 0) return;
    this.#key(Key.KEY_ESCAPE);
    this.#press(`${PAUSE}/%Disconnect`);
  }

  #rejoin(): void {
    const title = this.get_node<Node & { visible: boolean }>(TITLE);
    if (title.visible) this.#press(`${TITLE}/%Play`);
  }
}
