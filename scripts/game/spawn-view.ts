import type { Node } from "godot";
import SpawnPoint from "./zone/spawn-point.ts";

/** Someone this near to a spawn point has just arrived on it, metres. */
const NEAR_METERS = 1.5;

/** The direction in which the spawn point at (x, z) looks, radians; 0, which is north, where there is none. */
export function spawnYaw(zone: Node, x: number, z: number): number {
  for (const child of zone.get_children()) {
    if (child instanceof SpawnPoint) {
      const { x: pointX, z: pointZ } = child.global_position;
      if (Math.hypot(pointX - x, pointZ - z) < NEAR_METERS) return child.global_rotation.y;
    } else if (child.get_child_count() > 0) {
      const yaw = spawnYaw(child, x, z);
      if (yaw !== 0) return yaw;
    }
  }
  return 0;
}
