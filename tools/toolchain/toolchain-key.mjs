import { createHash } from "node:crypto";

/**
 * Names one unpacked userland. The same needs give the same key, so that clones share it; the layout number changes
 * when what is done after unpacking does.
 * @param {{ suite: string, architecture: string, packages: readonly string[], layout: number }} parts
 * @returns {string} for example `forky-amd64-1f0c2b3a4d5e`
 */
export function toolchainKey(parts) {
  const text = JSON.stringify([parts.suite, parts.architecture, [...parts.packages].sort(), parts.layout]);
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return `${parts.suite}-${parts.architecture}-${digest}`;
}
