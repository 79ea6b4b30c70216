import type { HudFrame } from "./hud-frame.ts";
import type HudPart from "./hud-part.ts";

/** How often parts are looked at that show what others do. */
const PATIENT_HZ = 15;

/** As much of a part of the interface as taking turns is about. */
export type TurnPart = Pick<HudPart, "show_frame" | "hasty">;

/**
 * The patient parts of the interface: so many are looked at in a frame that each has its turn 15 times a second, or once a frame, and what two of them
 * have to show in two frames is handed over in one. Whoever is hasty waits for no turn.
 */
export class PartTurns {
  readonly #parts: readonly TurnPart[];
  #turn = 0;
  /** Whether one of them has something else to show than was handed over. */
  #waits = false;

  constructor(parts: readonly TurnPart[]) {
    this.#parts = parts;
  }

  /** One frame; returns whether the picture is to be handed over. `busy`: the frame has much else to do, and only the hasty are looked at. */
  show(frame: HudFrame, seconds: number, busy: boolean): boolean {
    const { length } = this.#parts;
    const due = busy ? 0 : Math.min(length, Math.max(1, Math.round(seconds * length * PATIENT_HZ)));
    let now = false;
    for (let i = 0; i < length; i += 1) {
      const part = this.#parts[i];
      const itsTurn = (i - this.#turn + length) % length < due;
      const hasty = part?.hasty(frame) === true;
      if (part === undefined || !(itsTurn || hasty) || !part.show_frame(frame)) continue;
      if (hasty) now = true;
      else this.#waits = true;
    }
    if (length > 0) this.#turn = (this.#turn + due) % length;
    return now || (this.#waits && !busy && (due > 1 || this.#turn % 2 === 0));
  }

  /** The picture was handed over. */
  handedOver(): void {
    this.#waits = false;
  }
}
