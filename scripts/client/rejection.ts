import type { ReasonCode } from "../protocol/messages.ts";

/**
 * Whether asking again can help. A name or a place that the server denies right after a loss may still be held by the
 * player's own lost connection, until the server notices.
 */
export function isWorthRetrying(reasonCode: ReasonCode, lostJustNow: boolean): boolean {
  switch (reasonCode) {
    case "server_full":
    case "name_taken":
      return lostJustNow;
    case "rate_limited":
    case "timeout":
    case "shutting_down":
    case "internal":
      return true;
    case "version_mismatch":
    case "name_invalid":
    case "malformed":
    case "world_mismatch":
    case "left":
    case "invalid_state":
      return false;
  }
}

/** Why the server ended it, as a sentence for a player who has to do nothing but wait. */
export function lossText(reasonCode: ReasonCode): string {
  switch (reasonCode) {
    case "server_full":
      return "The server is full just now.";
    case "name_taken":
      return "The server still holds the name for the connection that was lost.";
    case "rate_limited":
      return "The server received too much at once.";
    case "timeout":
      return "The server heard nothing for too long.";
    case "shutting_down":
      return "The server is shutting down.";
    case "internal":
      return "Something went wrong on the server.";
    default:
      return "The server ended the session.";
  }
}
