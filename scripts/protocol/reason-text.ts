import type { ReasonCode } from "./messages.ts";

/** What a player reads: what happened, and what to do. */
export const REASON_TEXTS: Readonly<Record<ReasonCode, string>> = {
  version_mismatch: "This game and the server are of different versions. Update the game, or choose another server.",
  server_full: "The server is full. Try again in a while, or choose another server.",
  name_taken: "That name is already taken on this server. Choose another one.",
  name_invalid: "The server does not accept that name. Choose one of 1 to 24 characters.",
  malformed: "The server could not understand this game's messages. Update the game and try again.",
  world_mismatch: "This game's copy of the zone differs from the server's. Update the game, or choose another server.",
  rate_limited: "Too many messages or attempts in a short time. Wait a minute and try again.",
  timeout: "The connection was silent for too long. Check your network and try again.",
  shutting_down: "The server is shutting down. Try again in a while.",
  left: "You have left the world.",
  invalid_state: "The game and the server lost track of each other. Connect again.",
  internal: "Something went wrong on the server. Try again in a while.",
};

/** An English sentence for players. */
export function reasonText(code: ReasonCode): string {
  return REASON_TEXTS[code];
}
