import type { ConnectionState } from "../../client/connection-view.ts";

/** What the banner shows: a headline, what is behind it in one line, and whether it is trouble. */
export interface ConnectionText {
  headline: string;
  detail: string;
  tone: "busy" | "warning" | "refused";
}

/** The connection in words, or undefined when there is nothing to say. */
export function describeConnection(state: ConnectionState): ConnectionText | undefined {
  switch (state.kind) {
    case "idle":
    case "playing":
    case "left":
      return undefined;
    case "connecting":
      return {
        headline: state.attempt > 1 ? `Connecting, attempt ${state.attempt}` : "Connecting",
        detail: `Calling ${state.address}`,
        tone: state.attempt > 1 ? "warning" : "busy",
      };
    case "joining":
      return { headline: "Joining the world", detail: `${state.address} answered`, tone: "busy" };
    case "loading":
      return { headline: "Entering the zone", detail: `Reading the ground of “${state.zone}”`, tone: "busy" };
    case "reconnecting":
      return {
        headline: `${state.wasIn ? "Reconnecting" : "Trying again"}, attempt ${state.attempt}`,
        detail: `${sentence(state.cause)} Next try ${inSeconds(state.nextTryInSeconds)}.`,
        tone: "warning",
      };
    case "rejected":
      return {
        headline: "The world did not let you in",
        detail: state.traceId === "" ? sentence(state.text) : `${sentence(state.text)}\nTrace ${state.traceId}`,
        tone: "refused",
      };
  }
}

function inSeconds(seconds: number): string {
  if (seconds <= 0) return "now";
  return seconds === 1 ? "in 1 second" : `in ${seconds} seconds`;
}

/** With a capital at its beginning and a full stop at its end. */
function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
