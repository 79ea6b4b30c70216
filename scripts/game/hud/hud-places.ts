import type { Control } from "godot";
import { SMALL_BAR } from "./bar-sizes.ts";

/** Where a part stands: the point of the screen, 0 to 1, from which its edges are counted, pixels of the interface. */
interface PartPlace {
  readonly anchorX: number;
  readonly anchorY: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const MARGIN = 8;
const FRAME = { width: 252, height: 96 } as const;
/** An icon of what is on somebody, and its seconds. */
const AURA_ROW = 58;
const UNDER_FRAME = MARGIN + FRAME.height + AURA_ROW;
const MEMBER_WIDTH = 140;
const CAST = { half: 115, height: 28 } as const;
const NOTICE_HEIGHT = 36;
const NOTICE_GAP = 6;
const ABOVE_BAR = -(MARGIN + SMALL_BAR.height);
const ABOVE_CAST = ABOVE_BAR - MARGIN - CAST.height;
const HALF_BAR = SMALL_BAR.width / 2;

/** Of the player's frame and that of the target, on top of the screen: down to here. In the usual layout the latter is as wide to either side of the middle. */
export const TOP_FRAMES = { bottom: 136, halfWidth: 152, smallBottom: MARGIN + FRAME.height } as const;
/** Where the party is, in the usual layout: how far to the right, and from where on. */
export const PARTY_PLACE = { right: 256, top: 232 } as const;
/** Who invites: how wide, how far from the right edge, and down to where. */
export const INVITATION = { width: 400, right: 24, bottom: 464 } as const;
export const SMALL_INVITATION = { width: 372, right: MARGIN, top: MARGIN + FRAME.height + 4 } as const;

/** Under an invitation the line of what was refused stands so much lower, over the cast. */
export const SMALL_NOTICE_LOWERED = NOTICE_GAP + CAST.height;

/** Where parts stand in the smallest windows; the scene has where they stand in all others. Without a place here they are not shown. */
export const SMALL_PLACES: Readonly<Record<string, PartPlace>> = {
  SelfFrame: at(0, 0, MARGIN, MARGIN, MARGIN + FRAME.width, MARGIN + FRAME.height),
  TargetFrame: at(1, 0, -MARGIN - FRAME.width, MARGIN, -MARGIN, MARGIN + FRAME.height),
  PartyFrames: at(1, 0, -MARGIN - MEMBER_WIDTH, UNDER_FRAME, -MARGIN, UNDER_FRAME),
  CastBar: at(0.5, 1, -CAST.half, ABOVE_CAST, CAST.half, ABOVE_CAST + CAST.height),
  AbilitySlots: at(0.5, 1, -HALF_BAR, ABOVE_BAR, HALF_BAR, -MARGIN),
  NoticeLine: at(0.5, 1, 0, ABOVE_CAST - NOTICE_GAP - NOTICE_HEIGHT, 0, ABOVE_CAST - NOTICE_GAP),
  SlotTooltip: at(0.5, 1, -HALF_BAR, ABOVE_BAR, HALF_BAR, ABOVE_BAR),
};

function at(anchorX: number, anchorY: number, left: number, top: number, right: number, bottom: number): PartPlace {
  return { anchorX, anchorY, left, top, right, bottom };
}

/** Where a part stands now. */
export function placeOf(part: Control): PartPlace {
  const { anchor_left, anchor_top, offset_left, offset_top, offset_right, offset_bottom } = part;
  return at(anchor_left, anchor_top, offset_left, offset_top, offset_right, offset_bottom);
}

/** Puts a part there. */
export function stand(part: Control, { anchorX, anchorY, left, top, right, bottom }: PartPlace): void {
  part.anchor_left = anchorX;
  part.anchor_right = anchorX;
  part.anchor_top = anchorY;
  part.anchor_bottom = anchorY;
  part.offset_left = left;
  part.offset_top = top;
  part.offset_right = right;
  part.offset_bottom = bottom;
}
