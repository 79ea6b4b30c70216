import { Capability } from "../../scripts/protocol/capability.ts";
import type { Hello } from "../../scripts/protocol/messages.ts";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../scripts/protocol/protocol-version.ts";
import { type Newcomer, NO_CONNECTION } from "./player.ts";

/** How somebody comes in whom no connection brings: it fights, and is told nothing. */
export function unconnected(playerName: string, nowMs: number): { newcomer: Newcomer; hello: Hello } {
  return {
    newcomer: {
      stage: "newcomer",
      connection: NO_CONNECTION,
      address: "this process",
      arrivedAtMs: nowMs,
      codec: Capability.sequenced,
      malformed: 0,
    },
    hello: {
      protocolMajor: PROTOCOL_MAJOR,
      protocolMinor: PROTOCOL_MINOR,
      playerName,
      clientBuild: "",
      capabilities: [Capability.combat],
    },
  };
}
