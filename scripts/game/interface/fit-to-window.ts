import type { Control } from "godot";
import { isSmall } from "./window-fit.ts";

const BESIDE_PIXELS = 8;

/** Calls now and whenever the window has another size: whether it is one of the smallest, and how much room the interface has, pixels. */
export function fitToWindow(node: Control, onSize: (small: boolean, width: number, height: number) => void): void {
  const viewport = node.get_viewport();
  if (viewport === null) return;
  const measure = () => {
    const { x, y } = viewport.get_visible_rect().size;
    onSize(isSmall(x, y), x, y);
  };
  viewport.connect("size_changed", measure);
  measure();
}

/** As wide as designed, but no wider than there is room in the window. */
export function widen(panel: Control, usualPixels: number, width: number): void {
  const { custom_minimum_size: least } = panel;
  least.x = Math.min(usualPixels, width - 2 * BESIDE_PIXELS);
  panel.custom_minimum_size = least;
}
