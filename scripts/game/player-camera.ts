import { Camera3D, type Exports, Transform3D, type Vector3 } from "godot";
import type { OwnView } from "../client/own-view.ts";
import type { CollisionWorld } from "../simulation/collision/collision-world.ts";
import { SphereSweep } from "../simulation/collision/sphere-sweep.ts";
import { CameraPose } from "./character/camera-pose.ts";

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
  /** What keeps it out of walls: the ground and the boxes that movement knows, at hand in every frame, as the engine's own physics are not. */
  #probe!: SphereSweep;
  /** Refilled in every frame, so that none makes any. */
  readonly #put = new Transform3D();
  #wishedDistance = 4.2;
  #drawnWish = 4.2;
  #distance = 4.2;
  #pivotY = Number.NaN;

  _ready(): void {
    this.#probe = new SphereSweep(this.probe_radius_meters);
  }

  /** From the character's shoulder, or its middle where that has no room. */
  get distance_now_meters(): number {
    return this.#distance;
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
  }

  /** One frame: looks past where the player stands in a world, along its yaw and pitch. Without a world nothing is in the way. */
  follow(own: OwnView, world: CollisionWorld | undefined, seconds: number): void {
    const { x, y, z, yawRadians: yaw, pitchRadians: pitch } = own;
    // Steps and small corrections lift the feet at once; the view follows within a tenth of a second.
    const ease = 1 - Math.exp(-seconds * 18);
    this.#pivotY = Number.isNaN(this.#pivotY) || Math.abs(y - this.#pivotY) > 2 ? y : mix(this.#pivotY, y, ease);
    const probe = this.#probe;
    probe.x = x;
    probe.y = this.#pivotY + this.eye_height_meters;
    probe.z = z;
    probe.wayX = Math.cos(yaw) * this.shoulder_meters;
    probe.wayY = 0;
    probe.wayZ = -Math.sin(yaw) * this.shoulder_meters;
    this.#look(world);
    probe.x += probe.wayX * probe.share;
    probe.z += probe.wayZ * probe.share;
    this.#drawnWish = mix(this.#drawnWish, this.#wishedDistance, 1 - Math.exp(-seconds * 10));
    const backX = Math.sin(yaw) * Math.cos(pitch);
    const backY = -Math.sin(pitch);
    const backZ = Math.cos(yaw) * Math.cos(pitch);
    probe.wayX = backX * this.#drawnWish;
    probe.wayY = backY * this.#drawnWish;
    probe.wayZ = backZ * this.#drawnWish;
    this.#look(world);
    const free = this.#drawnWish * probe.share;
    this.#distance = free < this.#distance ? free : mix(this.#distance, free, 1 - Math.exp(-seconds * 5));
    const { pose } = this;
    pose.x = probe.x + backX * this.#distance;
    pose.y = Math.max(probe.y + backY * this.#distance, MIN_GROUND_METERS);
    pose.z = probe.z + backZ * this.#distance;
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

  #look(world: CollisionWorld | undefined): void {
    if (world === undefined) this.#probe.share = 1;
    else this.#probe.go(world);
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
