import { Vector2 } from "godot";

const STEPS = 6;

/** A closed curve through the points (a Catmull-Rom spline), as the points of a polygon. */
export function smoothOutline(corners: readonly (readonly [x: number, y: number])[]): Vector2[] {
  const at = (index: number) => new Vector2(...(corners.at(index % corners.length) ?? [0, 0]));
  return corners.flatMap((_, index) =>
    Array.from({ length: STEPS }, (_step, step) =>
      at(index).cubic_interpolate(at(index + 1), at(index - 1), at(index + 2), step / STEPS),
    ),
  );
}
