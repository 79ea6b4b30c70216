import { HBoxContainer, type Label } from "godot";
import { FrameRate } from "./frame-rate.ts";
import { frameRateText } from "./frame-rate-text.ts";

const REFRESH_MS = 500;
const LABELS = ["Zone", "People", "Ping", "Frames"] as const;
const TURN_MS = REFRESH_MS / LABELS.length;

/**
 * Zone, ping and frame rate, small, in a corner. Each is looked at twice a second, one after the other and not in the same frame: the engine takes a fifth
 * of a millisecond to lay out a line in which one text has changed.
 */
export default class StatusLine extends HBoxContainer {
  readonly #rate = new FrameRate();
  #labels: readonly Label[] = [];
  /** As they are shown. */
  readonly #texts: string[] = [];
  #turn = 0;
  #nextMs = 0;

  _ready(): void {
    this.#labels = LABELS.map((name) => this.get_node<Label>(name));
  }

  /** One frame. `rttMs` is -1 while unknown. */
  show_status(zone: string, rttMs: number, others: number, nowMs: number): void {
    this.#rate.count(nowMs);
    if (nowMs < this.#nextMs) return;
    // After a pause, and in long frames, all at once.
    const due = Math.min(LABELS.length, 1 + Math.floor((nowMs - this.#nextMs) / TURN_MS));
    this.#nextMs = nowMs + TURN_MS;
    for (let i = 0; i < due; i += 1) {
      this.#show(this.#turn, zone, rttMs, others, nowMs);
      this.#turn = (this.#turn + 1) % LABELS.length;
    }
  }

  /** A frame in which there is nothing to be said. */
  pause(): void {
    this.#rate.pause();
    this.#nextMs = 0;
  }

  #show(index: number, zone: string, rttMs: number, others: number, nowMs: number): void {
    const text = this.#textOf(index, zone, rttMs, others, nowMs);
    const label = this.#labels[index];
    if (label === undefined || text === this.#texts[index]) return;
    this.#texts[index] = text;
    label.text = text;
  }

  #textOf(index: number, zone: string, rttMs: number, others: number, nowMs: number): string {
    switch (LABELS[index]) {
      case "Zone":
        return titleCase(zone);
      case "People":
        return others === 1 ? "1 other" : `${others} others`;
      case "Ping":
        return roundTrip(rttMs);
      default:
        return frameRateText(this.#rate.take(nowMs));
    }
  }
}

function roundTrip(milliseconds: number): string {
  if (milliseconds < 0) return "– ms";
  return milliseconds < 1 ? "<1 ms" : `${Math.round(milliseconds)} ms`;
}

function titleCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
