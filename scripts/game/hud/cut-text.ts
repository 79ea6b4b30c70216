import type { HudQuads } from "./hud-quads.ts";

/** A text without its end where there is no room for all of it. */
export function cutText(quads: HudQuads, text: string, pixels: number, room: number): string {
  if (quads.widthOf(text, pixels) <= room) return text;
  let shorter = text;
  while (shorter.length > 1 && quads.widthOf(`${shorter}…`, pixels) > room) shorter = shorter.slice(0, -1);
  return `${shorter}…`;
}
