import { HBoxContainer, type Label } from "godot";

const REFRESH_SECONDS = 0.5;

/** Zone, ping and frame rate, small, in a corner. */
export default class StatusLine extends HBoxContainer {
  #untilRefresh = 0;
  #frames = 0;
  #elapsed = 0;

  /** One frame. `rttMs` is -1 while unknown. */
  show_status(zone: string, rttMs: number, others: number, seconds: number): void {
    this.#frames += 1;
    this.#elapsed += seconds;
    this.#untilRefresh -= seconds;
    if (this.#untilRefresh > 0) return;
    const fps = Math.round(this.#frames / Math.max(this.#elapsed, 0.001));
    this.#untilRefresh = REFRESH_SECONDS;
    this.#frames = 0;
    this.#elapsed = 0;
    this.get_node<Label>("Zone").text = titleCase(zone);
    this.get_node<Label>("People").text = others === 1 ? "1 other" : `${others} others`;
    this.get_node<Label>("Ping").text = roundTrip(rttMs);
    this.get_node<Label>("Frames").text = `${fps} fps`;
  }
}

function roundTrip(milliseconds: number): string {
  if (milliseconds < 0) return "– ms";
  return milliseconds < 1 ? "<1 ms" : `${Math.round(milliseconds)} ms`;
}

function titleCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
