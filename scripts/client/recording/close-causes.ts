import type { CloseCause } from "../../transport/transport.ts";

/** Causes by their number in a recording. */
export const CLOSE_CAUSES: readonly CloseCause[] = ["local", "remote", "refused", "unreachable", "timeout", "error"];
