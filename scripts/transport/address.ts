import { isIP } from "node:net";

/** A parsed `host:port`. `host` has no brackets; `name` is anything that has to be resolved. */
export interface Address {
  kind: "ipv4" | "ipv6" | "name";
  host: string;
  port: number;
}

const hostNamePattern =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** Parses `host:port` or `[v6]:port`, port 0 to 65535. `undefined` when it is neither. */
export function parseAddress(text: string): Address | undefined {
  const parts = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text);
  if (!parts) return undefined;
  const port = Number(parts[3]);
  if (port > 65535) return undefined;
  const bracketed = parts[1];
  if (bracketed !== undefined) {
    return isIP(bracketed) === 6 && !bracketed.includes("%") ? { kind: "ipv6", host: bracketed, port } : undefined;
  }
  const host = parts[2] ?? "";
  if (isIP(host) === 4) return { kind: "ipv4", host, port };
  // All digits and dots, yet no IP address: a typing error, not a name worth asking for.
  if (/^[\d.]*$/.test(host)) return undefined;
  return hostNamePattern.test(host) ? { kind: "name", host, port } : undefined;
}

/** The opposite of `parseAddress`. */
export function formatAddress(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Turns `localhost` into 127.0.0.1; any other name is `undefined`. Not looked up: servers of one's own listen there, and an
 * attempt at ::1 first or afterwards would double the time until a missing one is noticed.
 */
export function withoutName(address: Address): Address | undefined {
  if (address.kind !== "name") return address;
  return address.host.toLowerCase() === "localhost"
    ? { kind: "ipv4", host: "127.0.0.1", port: address.port }
    : undefined;
}

/** True for an `ip:port` of this machine itself. */
export function isLoopback(address: string): boolean {
  return /^(127\.|\[::1\]:|\[::ffff:127\.)/i.test(address);
}
