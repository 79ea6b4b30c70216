import { type Exports, type MultiMesh, type MultiMeshInstance3D, Node3D, type Signals } from "godot";
import type { OwnView } from "../../client/own-view.ts";
import { FLOATS_PER_CHARACTER, writeCharacter } from "./character-buffer.ts";
import { facingOf } from "./facing.ts";
import { Deed, Figures } from "./figures.ts";
import { nearDots } from "./near-dots.ts";

const TURN_SHARE_PER_SECOND = 14;
const OWN_TINT = 0;
/** The only figure. */
const OWN_SLOT = 0;

/** The player's own character, drawn where the client says. Its only child is the body, a MultiMesh of one. */
export default class Avatar extends Node3D {
  static exports = {
    moving_speed: {
      type: "float",
      hint: "range",
      hint_string: "0,2,0.05,suffix:m/s",
      description: "Slower than this the body keeps its facing",
    },
  } satisfies Exports;
  static signals = {
    stepped: [{ name: "running", type: "bool" }],
    jumped: [],
    landed: [{ name: "fall_speed", type: "float" }],
  } satisfies Signals;

  moving_speed = 0.4;
  readonly #figures = new Figures();
  readonly #buffer = new Float32Array(FLOATS_PER_CHARACTER);
  #many: MultiMesh | null = null;
  #grounded = true;
  #fallSpeed = 0;
  #shown = false;

  _ready(): void {
    this.#figures.reset(OWN_SLOT, 0, OWN_TINT);
    const body = this.get_node<MultiMeshInstance3D>("Body");
    this.#many = body.multimesh;
    // A scene that is saved with a count cannot be loaded again by the editor: the engine refuses the format of what has instances.
    if (this.#many !== null) this.#many.instance_count = 1;
    this.visible = false;
  }

  /** Strikes along a yaw, radians. */
  strike(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.strike, yaw);
  }

  /** Gets ready to strike along a yaw, radians, until it strikes, or relaxes. */
  prepare(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.prepare, yaw);
  }

  /** Casts along a yaw, radians, until it relaxes or does something else. */
  cast(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.cast, yaw);
  }

  /** Goes on casting along a yaw, radians, with both arms wide, until it relaxes or does something else. */
  channel(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.channel, yaw);
  }

  /** Holds its arms against a blow from where a yaw, radians, looks, unless it is busy. */
  block(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.block, yaw);
  }

  /** Leaps along a yaw, radians. */
  dash(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.dash, yaw);
  }

  /** Stretches its arms out along a yaw, radians, for a moment. */
  invoke(yaw: number): void {
    this.#figures.begin(OWN_SLOT, Deed.invoke, yaw);
  }

  /** What was prepared or cast is over. */
  relax(): void {
    this.#figures.begin(OWN_SLOT, Deed.none, 0);
  }

  /** Falls, or gets up again. */
  lie(dead: boolean): void {
    this.#figures.lie(OWN_SLOT, dead);
  }

  be_struck(): void {
    this.#figures.beStruck(OWN_SLOT);
  }

  /** One frame, for an eye that is so far behind it, metres. */
  draw(own: OwnView, seconds: number, eyeMeters: number): void {
    const figures = this.#figures;
    if (own.present !== this.#shown) {
      this.#shown = own.present;
      this.visible = own.present;
      figures.facing[OWN_SLOT] = own.yawRadians;
      this.#grounded = own.grounded;
    }
    if (!own.present || this.#many === null) return;
    figures.x[OWN_SLOT] = own.x;
    figures.y[OWN_SLOT] = own.y;
    figures.z[OWN_SLOT] = own.z;
    figures.speed[OWN_SLOT] = own.speed;
    figures.animation[OWN_SLOT] = own.animation;
    figures.turnShare[OWN_SLOT] = TURN_SHARE_PER_SECOND;
    const moving = own.speed > this.moving_speed;
    figures.wish[OWN_SLOT] = moving ? facingOf(own.vx, own.vz) : (figures.facing[OWN_SLOT] ?? 0);
    figures.seconds = seconds;
    figures.advance(OWN_SLOT);
    writeCharacter(this.#buffer, 0, figures, OWN_SLOT, nearDots(eyeMeters));
    this.#many.buffer = this.#buffer;
    this.#tellSounds(own);
  }

  #tellSounds(own: OwnView): void {
    const stepped = this.#figures.steps[OWN_SLOT] === 1;
    if (stepped && own.grounded) this.emit_signal("stepped", (this.#figures.gait[OWN_SLOT] ?? 0) > 1.3);
    if (this.#grounded && !own.grounded && own.vy > 1) this.emit_signal("jumped");
    if (!this.#grounded && own.grounded) this.emit_signal("landed", this.#fallSpeed);
    this.#grounded = own.grounded;
    this.#fallSpeed = own.grounded ? 0 : Math.max(0, -own.vy);
  }
}
