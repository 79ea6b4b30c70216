import { type Control, Input, type InputEvent, InputEventKey, Key, type MultiMeshInstance3D, Node } from "godot";
import type CombatTexts from "../../../scripts/game/fight/combat-texts.ts";
import type FightSounds from "../../../scripts/game/fight/fight-sounds.ts";
import type Main from "../../../scripts/game/main.ts";
import { addGame } from "./add-game.ts";
import type { FightSeen, SeenPose, SeenText } from "./fight-seen.ts";

const FLOATS = 20;
const OTHER_POSE = 1024;
const NO_POSE: SeenPose = { lift: 0, cut: 0, guard: 0, lean: 0, cast: 0, channel: 0, dead: 0, flash: 0 };
const KINDS = ["wanderer", "reef-crawler", "gale-wolf", "drowned-warden"];
/** Texts in a second. */
const FLOOD = 500;
const FLOOD_KINDS = ["damage", "heal", "miss", "absorbed", "buff"] as const;
const LEVELS = ["Full", "Simple", "Dot"];

/** Runs the game, and prints in every frame what of a fight reaches the engine: poses, texts, what flies, marks, sounds, the view. It touches nothing, but for
 * F12, which floods the screen with texts. */
export default class FightWatch extends Node {
  #toFlood = 0;
  #flooded = 0;

  _ready(): void {
    addGame(this);
    this.process_priority = 1000;
  }

  override _unhandled_key_input(event: InputEvent): void {
    if (event instanceof InputEventKey && event.keycode === Key.KEY_F12 && event.pressed) this.#toFlood = FLOOD;
  }

  _process(delta: number): void {
    const others = KINDS.map((kind) => {
      const pose = { ...NO_POSE };
      for (const level of LEVELS) this.#look(`Main/World/RemotePlayers/${kind}/${level}`, pose);
      return pose;
    });
    const own = { ...NO_POSE };
    this.#look("Main/World/Avatar/Body", own);
    const seen: FightSeen = {
      ...{ own, others, texts: this.#texts() },
      bolts: this.#shown("Main/World/Bolts"),
      marks: this.#shown("Main/World/GroundMarks"),
      sounds: Object.fromEntries(this.get_node<FightSounds>("Main/FightSounds").played),
      textOverlap: this.#overlap(),
      flooded: this.#flooded,
      hud: this.get_node<Control>("Main/Interface/Hud").visible,
      mouseCaptured: Input.mouse_mode === Input.MOUSE_MODE_CAPTURED,
      focus: this.get_viewport()?.gui_get_focus_owner()?.name ?? "",
      roll: Math.abs(this.get_node<MultiMeshInstance3D>("Main/World/PlayerCamera").rotation.z),
    };
    console.log(`fight ${JSON.stringify(seen)}`);
    // Drawn, and given a place, in the next frame.
    this.#flood(delta);
  }

  #texts(): SeenText[] {
    const { texts } = this.get_node<CombatTexts>("Main/Interface/CombatTexts");
    const found: SeenText[] = [];
    texts.alive.forEach((alive, slot) => {
      if (alive === 0 || texts.drawn[slot] === 0) return;
      const [kind = "damage", amount = 0] = [texts.kind[slot], texts.amount[slot]];
      const [taken, predicted] = [texts.taken[slot] === 1, texts.predicted[slot] === 1];
      const below = (texts.y[slot] ?? 0) - (texts.headY[slot] ?? 0);
      found.push({ kind, amount, taken, predicted, critical: texts.critical[slot] === 1, slot, below });
    });
    return found;
  }

  /** A second's worth of texts over everybody, as the client would tell them. */
  #flood(seconds: number): void {
    const client = this.get_node<Main>("Main").client;
    const count = Math.min(Math.ceil(FLOOD * seconds), this.#toFlood);
    if (client === undefined || count === 0) return;
    const { texts } = this.get_node<CombatTexts>("Main/Interface/CombatTexts");
    const { own, remotes } = client;
    for (let i = 0; i < count; i += 1) {
      const number = this.#flooded + i;
      const taken = number % 3 === 0;
      const kind = FLOOD_KINDS[number % FLOOD_KINDS.length] ?? "damage";
      const entityId = taken ? own.entityId : (remotes.entityId[number % remotes.count] ?? 0);
      const event = { number: 1_000_000 + number, kind, entityId, sourceEntityId: own.entityId, amount: number };
      const how = { critical: number % 7 === 0, periodic: number % 5 === 0, own: number % 4 !== 0, predicted: false };
      texts.add({ ...event, ...how, confirms: 0, label: "Burning", tick: 0 }, taken);
    }
    this.#flooded += count;
    this.#toFlood -= count;
  }

  /** How much of the smaller of two texts that are drawn the other one covers, 0 to 1, at most. */
  #overlap(): number {
    const { texts } = this.get_node<CombatTexts>("Main/Interface/CombatTexts");
    const drawn = [...texts.alive.keys()].filter((slot) => texts.alive[slot] === 1 && texts.drawn[slot] === 1);
    const box = (slot: number) => {
      const [x = 0, y = 0, width = 0, height = 0] = [texts.x, texts.y, texts.width, texts.height].map(
        (all) => all[slot],
      );
      return { x, y, width, height };
    };
    let worst = 0;
    for (const [i, slot] of drawn.entries()) {
      const a = box(slot);
      for (const other of drawn.slice(i + 1)) {
        const b = box(other);
        const x = Math.min((a.width + b.width) / 2 - Math.abs(a.x - b.x), a.width, b.width);
        const y = Math.min((a.height + b.height) / 2 - Math.abs(a.y - b.y), a.height, b.height);
        if (x > 0 && y > 0) worst = Math.max(worst, (x * y) / Math.min(a.width * a.height, b.width * b.height));
      }
    }
    return worst;
  }

  #shown(path: string): number {
    const node = this.get_node<MultiMeshInstance3D>(path);
    return node.visible ? (node.multimesh?.visible_instance_count ?? 0) : 0;
  }

  /** The most of each part of a pose of all bodies that a MultiMesh draws. */
  #look(path: string, pose: SeenPose): void {
    const node = this.get_node<MultiMeshInstance3D>(path);
    const many = node.multimesh;
    if (many === null || !node.visible) return;
    const { buffer } = many;
    const shown = many.visible_instance_count < 0 ? many.instance_count : many.visible_instance_count;
    for (let i = 0; i < shown; i += 1) {
      const [alpha = 0, , , z = 0, w = 0] = buffer.slice(i * FLOATS + 15);
      const upper = Math.floor((z % OTHER_POSE) / 32) / 31;
      const lower = (z % 32) / 31;
      const cast = Math.floor(w / 64) / 31;
      const arms = z < OTHER_POSE ? (["lift", "cut"] as const) : (["guard", "lean"] as const);
      pose[arms[0]] = Math.max(pose[arms[0]], upper);
      pose[arms[1]] = Math.max(pose[arms[1]], lower);
      const casting = alpha >= OTHER_POSE ? "channel" : "cast";
      pose[casting] = Math.max(pose[casting], cast);
      pose.dead = Math.max(pose.dead, (w % 64) / 63);
      pose.flash = Math.max(pose.flash, Math.floor((alpha % OTHER_POSE) / 64) / 15);
    }
  }
}
