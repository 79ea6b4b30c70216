import { type MultiMesh, type MultiMeshInstance3D, Node3D } from "godot";
import type { RemoteEntities } from "../../client/remote-entities.ts";
import { FLOATS_PER_CHARACTER, facingOf, TINT_COUNT, turnTowards, writeCharacter } from "./character-buffer.ts";
import { Stride } from "./stride.ts";

const TURN_SHARE_PER_SECOND = 10;
const MOVING_METERS_PER_SECOND = 0.4;
const GROWTH = 64;

interface Figure {
  stride: Stride;
  facing: number;
  x: number;
  z: number;
}

/** Everyone else, in one draw call and one buffer write per frame. Its child is the crowd, a MultiMesh. */
export default class RemotePlayers extends Node3D {
  readonly #figures = new Map<number, Figure>();
  #buffer = new Float32Array(0);
  #many: MultiMesh | null = null;

  _ready(): void {
    this.#many = this.get_node<MultiMeshInstance3D>("Crowd").multimesh;
  }

  /** Somebody strikes along a yaw, radians. */
  strike(entity_id: number, yaw: number): void {
    const figure = this.#figures.get(entity_id);
    if (figure === undefined) return;
    figure.stride.strike();
    figure.facing = yaw;
  }

  be_struck(entity_id: number): void {
    this.#figures.get(entity_id)?.stride.beStruck();
  }

  /** One frame. Allocates only when somebody comes. */
  draw(remotes: RemoteEntities, seconds: number): void {
    for (let i = 0; i < remotes.disappearedCount; i++) this.#figures.delete(remotes.disappeared[i] ?? 0);
    const many = this.#many;
    if (many === null) return;
    this.#makeRoom(many, remotes.count);
    for (let i = 0; i < remotes.count; i++) this.#drawOne(remotes, i, seconds);
    if (many.visible_instance_count !== remotes.count) many.visible_instance_count = remotes.count;
    if (remotes.count > 0) many.buffer = this.#buffer;
  }

  #drawOne(remotes: RemoteEntities, index: number, seconds: number): void {
    const entityId = remotes.entityId[index] ?? 0;
    const x = remotes.x[index] ?? 0;
    const z = remotes.z[index] ?? 0;
    const speed = remotes.speed[index] ?? 0;
    const yaw = remotes.yaw[index] ?? 0;
    let figure = this.#figures.get(entityId);
    if (figure === undefined) {
      figure = { stride: new Stride(), facing: yaw, x, z };
      this.#figures.set(entityId, figure);
    }
    const moving = speed > MOVING_METERS_PER_SECOND && (x !== figure.x || z !== figure.z);
    const wish = moving && figure.stride.swing === 0 ? facingOf(x - figure.x, z - figure.z) : yaw;
    figure.facing = turnTowards(figure.facing, wish, seconds * TURN_SHARE_PER_SECOND);
    figure.x = x;
    figure.z = z;
    figure.stride.advance(seconds, speed, remotes.animation[index] ?? 0);
    const tint = 1 + (entityId % (TINT_COUNT - 1));
    const alpha = remotes.alpha[index] ?? 1;
    writeCharacter(this.#buffer, index, x, remotes.y[index] ?? 0, z, figure.facing, figure.stride, tint, alpha);
  }

  #makeRoom(many: MultiMesh, count: number): void {
    if (count * FLOATS_PER_CHARACTER <= this.#buffer.length) return;
    const capacity = Math.ceil(count / GROWTH) * GROWTH;
    this.#buffer = new Float32Array(capacity * FLOATS_PER_CHARACTER);
    many.instance_count = capacity;
  }
}
