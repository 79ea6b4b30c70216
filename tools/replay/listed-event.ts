import { EventDescriber } from "../../scripts/client/recording/describe-event.ts";
import { EventClock } from "../../scripts/client/recording/event-clock.ts";
import type { RecordedEvent } from "../../scripts/client/recording/recorded-event.ts";
import type { Recording } from "../../scripts/client/recording/recording.ts";
import { PlayerWatch } from "./player-watch.ts";
import type { EventChoice } from "./replay-options.ts";

/** An event as it is shown. */
export interface ListedEvent {
  event: number;
  seconds: number;
  /** The frame that it belongs to, counted from 0; -1 before the first. */
  frame: number;
  kind: RecordedEvent["kind"];
  /** Whether it came to the client, or is what the client did; "" for what the owner called, and for what the recorder noted. */
  direction: "in" | "out" | "";
  /** Of a packet: the type of its message, or "unreadable". */
  type?: string;
  bytes?: number;
  text: string;
}

const DIRECTIONS: Readonly<Partial<Record<RecordedEvent["kind"], "in" | "out">>> = {
  opened: "in",
  received: "in",
  closed: "in",
  zoneCame: "in",
  dialled: "out",
  sent: "out",
  hungUp: "out",
  zoneAsked: "out",
};

/** The events that were chosen, one after the other. */
export function* listEvents(recording: Recording, choice: EventChoice): Generator<ListedEvent> {
  const reader = recording.read();
  const clock = new EventClock();
  const describer = new EventDescriber();
  const watch = choice.player === undefined ? undefined : new PlayerWatch(recording, choice.player);
  let frame = -1;
  for (let event = reader.next(); event !== undefined; event = reader.next()) {
    if (event.kind === "frame") {
      frame += 1;
      clock.advance(event.nowMs);
    }
    // The watch must see all that came, also before the time that is asked for.
    const concerned = watch?.concerns(event) ?? true;
    if (clock.seconds < choice.fromSeconds || !concerned) continue;
    if (clock.seconds > choice.toSeconds) return;
    const direction = DIRECTIONS[event.kind] ?? "";
    if (choice.direction !== undefined && direction !== choice.direction) continue;
    const packet = event.kind === "received" || event.kind === "sent" ? event.bytes : undefined;
    const type = packet && describer.packetType(packet);
    if (!isOfType(choice.types, event.kind, type)) continue;
    const text = describer.describe(event);
    if (choice.find !== undefined && !text.toLowerCase().includes(choice.find.toLowerCase())) continue;
    yield {
      event: reader.number,
      seconds: Number(clock.seconds.toFixed(3)),
      frame,
      kind: event.kind,
      direction,
      ...(type !== undefined && packet && { type, bytes: packet.length }),
      text,
    };
  }
}

export function formatEvent({ event, seconds, direction, text }: ListedEvent): string {
  const arrow = direction === "in" ? "<-" : direction === "out" ? "->" : "  ";
  return `${String(event).padStart(7)} ${seconds.toFixed(3).padStart(9)} ${arrow} ${text}`;
}

function isOfType(types: readonly string[], kind: string, type: string | undefined): boolean {
  if (types.length === 0 || types.includes(kind.toLowerCase())) return true;
  return type !== undefined && types.includes(type.toLowerCase());
}
