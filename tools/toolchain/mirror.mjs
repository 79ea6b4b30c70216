// Which server the packages come from. No host is written down here: the machine's own apt knows a near one, or the
// user names one.

/** What apt is asked to print for each of its sources. */
export const INDEX_FORMAT = "$(ORIGIN)|$(LABEL)|$(REPO_URI)";

/**
 * @typedef {{ ok: true, mirror: string, from: "DARKAGES_MIRROR" | "apt" } | { ok: false, reason: "invalid" | "ubuntu" | "none" }} MirrorChoice
 */

/**
 * @param {{ requested: string | undefined, indexTargets: string, distribution: string }} facts
 *   `requested`: DARKAGES_MIRROR; `indexTargets`: apt's answer in INDEX_FORMAT; `distribution`: ID of /etc/os-release
 * @returns {MirrorChoice}
 */
export function chooseMirror(facts) {
  if (facts.requested) {
    const valid = /^(https?|file|ftp|mirror(\+\w+)?|tor(\+https?)?):\S+$/.test(facts.requested);
    return valid
      ? { ok: true, mirror: withoutTrailingSlash(facts.requested), from: "DARKAGES_MIRROR" }
      : { ok: false, reason: "invalid" };
  }
  const sources = facts.indexTargets
    .split("\n")
    .map((line) => line.trim().split("|"))
    .filter((fields) => fields.length === 3);
  const named = sources.find(([origin, label]) => origin === "Debian" && label === "Debian");
  // Before the first `apt-get update` apt knows the addresses but not yet who is behind them.
  const likely = sources.find(([origin, , uri]) => origin === "" && /\/debian\/?$/.test(uri ?? ""));
  const uri = (named ?? likely)?.[2];
  if (uri) return { ok: true, mirror: withoutTrailingSlash(uri), from: "apt" };
  return { ok: false, reason: facts.distribution === "ubuntu" ? "ubuntu" : "none" };
}

/** @param {string} uri */
function withoutTrailingSlash(uri) {
  return uri.replace(/\/+$/, "");
}
