import type { CloseCause } from "./transport.ts";

/**
 * Our codes 0 to 999 travel as GameNetworkingSockets' application codes 1000 to 1999 (`k_ESteamNetConnectionEnd_App_Min`).
 * A refusal has a code of its own from the range of exceptional ends.
 */
export const GNS_CODE_OF_ZERO = 1000;
export const GNS_REFUSED_CODE = 2000;

const APP_MAX = 1999;
const REMOTE_TIMEOUT = 4001;
const TIMEOUT = 5003;

/** What an end reported by the library means to us. `reason` is an `ESteamNetConnectionEnd`. */
export function closeCauseOf(byPeer: boolean, wasOpen: boolean, reason: number): { cause: CloseCause; code: number } {
  if (byPeer) {
    if (reason >= GNS_CODE_OF_ZERO && reason <= APP_MAX) return { cause: "remote", code: reason - GNS_CODE_OF_ZERO };
    return { cause: wasOpen ? "error" : "refused", code: 0 };
  }
  if (reason === REMOTE_TIMEOUT || reason === TIMEOUT) return { cause: wasOpen ? "timeout" : "unreachable", code: 0 };
  return { cause: "error", code: 0 };
}
