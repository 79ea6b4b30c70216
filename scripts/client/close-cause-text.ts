import type { CloseCause } from "../transport/transport.ts";

/** Why a connection ended, as a sentence for the player. */
export function closeCauseText(cause: CloseCause, address: string, detail: string): string {
  switch (cause) {
    case "unreachable":
      return `No server answers at ${address}.`;
    case "refused":
      return `The server at ${address} does not take connections now.`;
    case "timeout":
      return "The connection fell silent.";
    case "remote":
      return "The server closed the connection.";
    case "local":
      return "The connection was closed.";
    case "error":
      return detail === "" ? "The connection failed." : `The connection failed: ${detail}`;
  }
}
