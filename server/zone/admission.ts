import type { Hello, ReasonCode } from "../../scripts/protocol/messages.ts";
import { type Agreement, type Codec, negotiate, type Peer } from "../../scripts/protocol/negotiation.ts";
import { PROTOCOL_MAJOR } from "../../scripts/protocol/protocol-version.ts";
import { checkPlayerName } from "./player-name.ts";

/** The place that a newcomer asks to be let into. */
export interface Venue {
  /** What the server can do. */
  readonly own: Peer;
  readonly maxPlayers: number;
  /** Who is here, by `nameKey`. */
  readonly players: readonly { readonly nameKey: string }[];
}

export type Admission =
  | { admitted: true; name: string; nameKey: string; agreement: Agreement }
  /** `detail` says what was expected and what came. */
  | { admitted: false; reasonCode: ReasonCode; detail: string };

/** Whether a newcomer who says `hello`, written in `codec`, is let in, and on what terms. */
export function admit(hello: Hello, codec: Codec, { own, maxPlayers, players }: Venue): Admission {
  if (hello.protocolMajor !== PROTOCOL_MAJOR) {
    const came = `${hello.protocolMajor}.${hello.protocolMinor}`;
    return refused("version_mismatch", `this server speaks protocol ${PROTOCOL_MAJOR}.x, ${came} came`);
  }
  if (!own.capabilities.includes(codec)) {
    return refused("version_mismatch", `this server speaks ${own.capabilities.join(", ")}; the Hello is in ${codec}`);
  }
  const check = checkPlayerName(hello.playerName);
  if (!check.ok) return refused("name_invalid", check.detail);
  if (players.length >= maxPlayers) return refused("server_full", `${maxPlayers} of ${maxPlayers} players are here`);
  if (players.some((player) => player.nameKey === check.key)) {
    return refused("name_taken", `a player called "${check.name}" is here already`);
  }
  const client = { protocolMinor: hello.protocolMinor, capabilities: hello.capabilities ?? [] };
  return { admitted: true, name: check.name, nameKey: check.key, agreement: negotiate(codec, client, own) };
}

function refused(reasonCode: ReasonCode, detail: string): Admission {
  return { admitted: false, reasonCode, detail };
}
