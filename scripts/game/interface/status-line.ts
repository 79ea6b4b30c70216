import { HBoxContainer, type Label } from "godot";
import { FrameRate } from "./frame-rate.ts";
import { frameRateText } from "./frame-rate-text.ts";

const REFRESH_MS = 500;

/** Zone, ping and frame rate, small, in a corner. */
export default class StatusLine extends HBoxContainer {
  readonly #rate = new FrameRate();
  #nextMs = 0;

  /** One frame. `rttMs` is -1 while unknown. */
  show_status(zone: string, rttMs: number, others: number, nowMs: number): void {
    this.#rate.count(nowMs);
    if (nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + REFRESH_MS;
    this.get_node<Label>("Zone").text = titleCase(zone);
    this.get_node<Label>("People").text = others === 1 ? "1 other" : `${others} others`;
    this.get_node<Label>("Ping").text = roundTrip(rttMs);
    this.get_node<Label>("Frames").text = frameRateText(this.#rate.take(nowMs));
  }

  /** A frame in which there is nothing to be said. */
  pause(): void {
    this.#rate.pause();
    this.#nextMs = 0;
  }
}

function roundTrip(milliseconds: number): string {
  if (milliseconds < 0) return "– ms";
  return milliseconds < 1 ? "<1 ms" : `${Math.round(milliseconds)} ms`;
}

function titleCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
