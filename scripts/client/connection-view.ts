import type { ReasonCode } from "../protocol/messages.ts";

/**
 * Where the connection to the world stands, as the player interface shows it.
 * - `idle`: nothing was asked for yet. - `connecting`: the address is being called; the first attempt is 1.
 * - `joining`: connected, the server has not welcomed or refused yet. - `loading`: welcomed, the zone's collision world is being read.
 * - `playing`. - `reconnecting`: waits for the next attempt; `cause` says in words why the last one ended.
 * - `rejected`: refused for good, nothing more is tried; `text` is a sentence for the player, `detail` and `traceId` are for support.
 * - `left`: the player left.
 */
export type ConnectionState =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting"; readonly address: string; readonly attempt: number }
  | { readonly kind: "joining"; readonly address: string; readonly attempt: number }
  | { readonly kind: "loading"; readonly zone: string }
  | { readonly kind: "playing"; readonly zone: string; readonly entityId: number }
  | {
      readonly kind: "reconnecting";
      /** Whether the player has been in the world before, since `connect`; otherwise nobody has answered yet. */
      readonly wasIn: boolean;
      readonly address: string;
      /** Number of the attempt that comes next. */
      readonly attempt: number;
      /** Whole seconds until then, rounded up. */
      readonly nextTryInSeconds: number;
      readonly cause: string;
    }
  | {
      readonly kind: "rejected";
      readonly reasonCode: ReasonCode;
      readonly text: string;
      readonly detail: string;
      /** 16 hexadecimal digits, or empty when the client itself refused. */
      readonly traceId: string;
    }
  | { readonly kind: "left" };

/** The connection as seen from outside: redraw when `revision` changed, and only then. */
export interface ConnectionView {
  readonly state: ConnectionState;
  readonly revision: number;
}
