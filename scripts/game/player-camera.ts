import {
  Camera3D,
  type Exports,
  type PhysicsDirectSpaceState3D,
  PhysicsShapeQueryParameters3D,
  SphereShape3D,
  Transform3D,
  Vector3,
} from "godot";
import type { OwnView } from "../client/own-view.ts";
import { CameraPose } from "./character/camera-pose.ts";
import { ProbeTurns } from "./probe-turns.ts";

const MIN_GROUND_METERS = 0.35;

/** Third-person view over the shoulder. Walls and hills push it towards the character; it comes back slowly. */
export default class PlayerCamera extends Camera3D {
  static exports = {
    eye_height_meters: { type: "float", hint: "range", hint_string: "0.5,3,0.05,suffix:m" },
    shoulder_meters: { type: "float", hint: "range", hint_string: "-1,1,0.05,suffix:m" },
    min_distance_meters: { type: "float", hint: "range", hint_string: "0.5,5,0.1,suffix:m" },
    max_distance_meters: { type: "float", hint: "range", hint_string: "2,15,0.1,suffix:m" },
    probe_radius_meters: { type: "float", hint: "range", hint_string: "0.05,0.6,0.05,suffix:m" },
    zoom_step_meters: { type: "float", hint: "range", hint_string: "0.1,2,0.05,suffix:m" },
  } satisfies Exports;

  eye_height_meters = 1.62;
  shoulder_meters = 0.42;
  min_distance_meters = 1.6;
  max_distance_meters = 8;
  probe_radius_meters = 0.22;
  zoom_step_meters = 0.6;

  /** Radians that the view is off by, because something shook it; aim and movement know nothing of it. */
  shakeYaw = 0;
  shakePitch = 0;
  shakeRoll = 0;

  /** Where it was put in the last frame. */
  readonly pose = new CameraPose();
  readonly #probe = new PhysicsShapeQueryParameters3D();
  /** Refilled in every frame, so that none makes any. */
  readonly #from = new Transform3D();
  readonly #motion = new Vector3();
  readonly #put = new Transform3D();
  #wishedDistance = 4.2;
  #drawnWish = 4.2;
  #distance = 4.2;
  #pivotY = Number.NaN;
  /** What the probes found last, shares of the way aside and of the way back. */
  #aside = 1;
  #back = 1;
  readonly #turns = new ProbeTurns();
  #cut = true;
  #space: PhysicsDirectSpaceState3D | undefined;

  _ready(): void {
    const sphere = new SphereShape3D();
    sphere.radius = this.probe_radius_meters;
    this.#probe.shape = sphere;
  }

  /** Positive steps go nearer. */
  zoom(steps: number): void {
    const wish = this.#wishedDistance - steps * this.zoom_step_meters;
    this.#wishedDistance = Math.min(this.max_distance_meters, Math.max(this.min_distance_meters, wish));
  }

  /** The next frame is not eased from the last one: after arriving, or after the title's view. */
  cut(): void {
    this.#pivotY = Number.NaN;
    this.#distance = this.#wishedDistance;
    this.#drawnWish = this.#wishedDistance;
    this.#cut = true;
  }

  /** One frame: looks past where the player stands, along its yaw and pitch. `busy`: the frame has much else to do. */
  follow({ x, y, z, yawRadians: yaw, pitchRadians: pitch }: OwnView, seconds: number, busy: boolean): void {
    const turns = this.#turns;
    turns.begin(this.#cut, busy);
    // Steps and small corrections lift the feet at once; the view follows within a tenth of a second.
    const ease = 1 - Math.exp(-seconds * 18);
    this.#pivotY = Number.isNaN(this.#pivotY) || Math.abs(y - this.#pivotY) > 2 ? y : mix(this.#pivotY, y, ease);
    const from = this.#from.origin;
    const motion = this.#motion;
    from.x = x;
    from.y = this.#pivotY + this.eye_height_meters;
    from.z = z;
    motion.x = Math.cos(yaw) * this.shoulder_meters;
    motion.y = 0;
    motion.z = -Math.sin(yaw) * this.shoulder_meters;
    if (this.#cut) this.#space = this.get_world_3d()?.direct_space_state ?? undefined;
    if (turns.aside) this.#aside = this.#freeShare();
    from.x += motion.x * this.#aside;
    from.z += motion.z * this.#aside;
    this.#drawnWish = mix(this.#drawnWish, this.#wishedDistance, 1 - Math.exp(-seconds * 10));
    const backX = Math.sin(yaw) * Math.cos(pitch);
    const backY = -Math.sin(pitch);
    const backZ = Math.cos(yaw) * Math.cos(pitch);
    motion.x = backX * this.#drawnWish;
    motion.y = backY * this.#drawnWish;
    motion.z = backZ * this.#drawnWish;
    if (turns.back) this.#back = this.#freeShare();
    this.#cut = false;
    const free = this.#drawnWish * this.#back;
    this.#distance = free < this.#distance ? free : mix(this.#distance, free, 1 - Math.exp(-seconds * 5));
    const { pose } = this;
    pose.x = from.x + backX * this.#distance;
    pose.y = Math.max(from.y + backY * this.#distance, MIN_GROUND_METERS);
    pose.z = from.z + backZ * this.#distance;
    pose.turn(yaw + this.shakeYaw, pitch + this.shakePitch, this.shakeRoll);
    const { basis, origin } = this.#put;
    origin.x = pose.x;
    origin.y = pose.y;
    origin.z = pose.z;
    fill(basis.x, pose.right);
    fill(basis.y, pose.up);
    fill(basis.z, pose.back);
    this.transform = this.#put;
  }

  /** Which share of `#motion` the probe can go from `#from` before it touches something. */
  #freeShare(): number {
    const space = this.#space;
    if (space === undefined) return 1;
    this.#probe.transform = this.#from;
    this.#probe.motion = this.#motion;
    return space.cast_motion(this.#probe)[0] ?? 1;
  }
}

function fill(to: Vector3, { x, y, z }: CameraPose["right"]): void {
  to.x = x;
  to.y = y;
  to.z = z;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
