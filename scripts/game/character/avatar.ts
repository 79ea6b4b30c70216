import { type Exports, type MultiMesh, type MultiMeshInstance3D, Node3D, type Signals } from "godot";
import type { OwnView } from "../../client/own-view.ts";
import { FLOATS_PER_CHARACTER, facingOf, turnTowards, writeCharacter } from "./character-buffer.ts";
import { Stride } from "./stride.ts";

const TURN_SHARE_PER_SECOND = 14;
const OWN_TINT = 0;

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
  readonly #stride = new Stride();
  readonly #buffer = new Float32Array(FLOATS_PER_CHARACTER);
  #many: MultiMesh | null = null;
  #facing = 0;
  #strikeYaw = 0;
  #grounded = true;
  #fallSpeed = 0;
  #shown = false;

  _ready(): void {
    const body = this.get_node<MultiMeshInstance3D>("Body");
    this.#many = body.multimesh;
    this.visible = false;
  }

  /** Strikes along a yaw, radians. */
  strike(yaw: number): void {
    this.#stride.strike();
    this.#facing = yaw;
    this.#strikeYaw = yaw;
  }

  be_struck(): void {
    this.#stride.beStruck();
  }

  /** One frame. */
  draw(own: OwnView, seconds: number): void {
    if (own.present !== this.#shown) {
      this.#shown = own.present;
      this.visible = own.present;
      this.#facing = own.yawRadians;
      this.#grounded = own.grounded;
    }
    if (!own.present || this.#many === null) return;
    this.#stride.advance(seconds, own.speed, own.animation);
    if (this.#stride.swing > 0) {
      this.#facing = turnTowards(this.#facing, this.#strikeYaw, seconds * TURN_SHARE_PER_SECOND);
    } else if (own.speed > this.moving_speed) {
      this.#facing = turnTowards(this.#facing, facingOf(own.vx, own.vz), seconds * TURN_SHARE_PER_SECOND);
    }
    writeCharacter(this.#buffer, 0, own.x, own.y, own.z, this.#facing, this.#stride, OWN_TINT);
    this.#many.buffer = this.#buffer;
    this.#tellSounds(own);
  }

  #tellSounds(own: OwnView): void {
    if (this.#stride.steps > 0 && own.grounded) this.emit_signal("stepped", this.#stride.gait > 1.3);
    if (this.#grounded && !own.grounded && own.vy > 1) this.emit_signal("jumped");
    if (!this.#grounded && own.grounded) this.emit_signal("landed", this.#fallSpeed);
    this.#grounded = own.grounded;
    this.#fallSpeed = own.grounded ? 0 : Math.max(0, -own.vy);
  }
}
