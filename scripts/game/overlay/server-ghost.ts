import { type MultiMesh, type MultiMeshInstance3D, Node3D } from "godot";
import type { OwnView } from "../../client/own-view.ts";
import { FLOATS_PER_CHARACTER, WHOLE, writeCharacter } from "../character/character-buffer.ts";
import { facingOf } from "../character/facing.ts";
import { Figures } from "../character/figures.ts";

/** Nearer than this the ghost would only lie over the character; from there on it comes out by and by. */
const LEAST_METERS = 0.05;
const FULL_METERS = 0.6;
const MOVED_METERS = 0.005;
const CHEST_METERS = 1.1;
const LINE_METERS = 0.02;
const FLOATS_PER_LINE = 12;
const OWN_TINT = 0;
/** The only figure. */
const OWN_SLOT = 0;

/**
 * Where the newest snapshot has the own character, as a ghost, and a line from there to where it is drawn. The distance is what the prediction
 * is ahead: it grows with the round trip, and does not shrink to nothing at rest only if something is wrong.
 */
export default class ServerGhost extends Node3D {
  readonly #buffer = new Float32Array(FLOATS_PER_CHARACTER);
  readonly #line = new Float32Array(FLOATS_PER_LINE);
  readonly #figures = new Figures();
  #body: MultiMesh | null = null;
  #lineMesh: MultiMesh | null = null;
  #x = 0;
  #z = 0;
  #shown = false;

  _ready(): void {
    this.#figures.reset(OWN_SLOT, 0, OWN_TINT);
    this.#body = this.get_node<MultiMeshInstance3D>("Body").multimesh;
    this.#lineMesh = this.get_node<MultiMeshInstance3D>("Line").multimesh;
    for (const many of [this.#body, this.#lineMesh]) if (many !== null) many.instance_count = 1;
    this.visible = false;
  }

  /** One frame while it is wanted. Allocates nothing. */
  draw(own: OwnView): void {
    const dx = own.x - own.serverX;
    const dy = own.y - own.serverY;
    const dz = own.z - own.serverZ;
    const meters = Math.sqrt(dx * dx + dy * dy + dz * dz);
    this.#show(own.present && meters > LEAST_METERS);
    const movedX = own.serverX - this.#x;
    const movedZ = own.serverZ - this.#z;
    if (Math.abs(movedX) + Math.abs(movedZ) > MOVED_METERS) {
      this.#figures.facing[OWN_SLOT] = facingOf(movedX, movedZ);
    }
    this.#x = own.serverX;
    this.#z = own.serverZ;
    if (!this.#shown || this.#body === null || this.#lineMesh === null) return;
    const alpha = Math.min((meters - LEAST_METERS) / (FULL_METERS - LEAST_METERS), 1);
    const dots = Math.round(alpha * WHOLE);
    this.#figures.x[OWN_SLOT] = own.serverX;
    this.#figures.y[OWN_SLOT] = own.serverY;
    this.#figures.z[OWN_SLOT] = own.serverZ;
    writeCharacter(this.#buffer, 0, this.#figures, OWN_SLOT, dots);
    this.#body.buffer = this.#buffer;
    this.#writeLine(own, dx, dy, dz, meters);
    this.#lineMesh.buffer = this.#line;
  }

  hide_ghost(): void {
    this.#show(false);
  }

  #show(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.visible = shown;
  }

  /** A box of one metre along z becomes the line: its z axis is the way, the others any two across. */
  #writeLine(own: OwnView, dx: number, dy: number, dz: number, meters: number): void {
    const line = this.#line;
    const across = Math.sqrt(dx * dx + dz * dz);
    const sideX = across > 0 ? dz / across : 1;
    const sideZ = across > 0 ? -dx / across : 0;
    // Up is the cross product of the way and the side.
    const upX = (dy * sideZ) / meters;
    const upY = (dz * sideX - dx * sideZ) / meters;
    const upZ = (-dy * sideX) / meters;
    line[0] = sideX * LINE_METERS;
    line[1] = upX * LINE_METERS;
    line[2] = dx;
    line[3] = own.serverX + dx / 2;
    line[4] = 0;
    line[5] = upY * LINE_METERS;
    line[6] = dy;
    line[7] = own.serverY + CHEST_METERS + dy / 2;
    line[8] = sideZ * LINE_METERS;
    line[9] = upZ * LINE_METERS;
    line[10] = dz;
    line[11] = own.serverZ + dz / 2;
  }
}
