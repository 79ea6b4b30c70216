import type { CombatTextKind } from "../../../scripts/client/combat/view/combat-text.ts";

/** 0 to 1 each, the most of all bodies of a kind. */
export interface SeenPose {
  lift: number;
  cut: number;
  guard: number;
  lean: number;
  cast: number;
  channel: number;
  dead: number;
  flash: number;
}

export interface SeenText {
  kind: CombatTextKind;
  amount: number;
  taken: boolean;
  predicted: boolean;
  critical: boolean;
  /** Its place among texts, and how far below its head it stands, pixels. */
  slot: number;
  below: number;
}

/** What of a fight reached the engine in one frame. */
export interface FightSeen {
  own: SeenPose;
  /** Wanderers, crawlers, wolves, wardens. */
  others: SeenPose[];
  texts: SeenText[];
  /** How much of a text another one covers, 0 to 1, at most; and how many were added by the fixture. */
  textOverlap: number;
  flooded: number;
  bolts: number;
  marks: number;
  /** How often each was played since the start. */
  sounds: Partial<Record<string, number>>;
  /** Whether the interface of fights is there, and the mouse is caught for looking around. */
  hud: boolean;
  mouseCaptured: boolean;
  /** The node that has the focus. */
  focus: string;
  /** Radians that the view is tilted by. */
  roll: number;
}

const MARK = "fight ";

/** What the lines of the fixture say, the oldest first, from a line on. */
export function seenIn(lines: readonly string[], from = 0): FightSeen[] {
  return lines.slice(from).flatMap((line) => (line.startsWith(MARK) ? [JSON.parse(line.slice(MARK.length))] : []));
}
