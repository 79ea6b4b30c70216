import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAddress, isLoopback, parseAddress } from "../../../scripts/transport/address.ts";

const ports = fc.integer({ min: 0, max: 65535 });

test("every IPv4 address with a port is read as it was written", () => {
  fc.assert(
    fc.property(fc.ipV4(), ports, (host, port) => {
      expect(parseAddress(formatAddress(host, port))).toEqual({ kind: "ipv4", host, port });
    }),
  );
});

test("every IPv6 address with a port is read as it was written", () => {
  fc.assert(
    fc.property(fc.ipV6(), ports, (host, port) => {
      expect(parseAddress(formatAddress(host, port))).toEqual({ kind: "ipv6", host, port });
    }),
  );
});

test("every domain name with a port is a name", () => {
  fc.assert(
    fc.property(fc.domain(), ports, (host, port) => {
      expect(parseAddress(`${host}:${port}`)).toEqual({ kind: "name", host, port });
    }),
  );
});

test("any text is either read or undefined, and what is read has a valid port", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]:.a-z0-9%-]{0,30}$/)), (text) => {
      const address = parseAddress(text);
      if (!address) return;
      expect(address.port).toBeLessThanOrEqual(65535);
      expect(parseAddress(formatAddress(address.host, address.port))).toEqual(address);
    }),
  );
});

test.each([
  "1.2.3:4",
  "256.1.1.1:4",
  "[::1]",
  "::1:5",
  "[fe80::1%eth0]:5",
  "host:-1",
  "host:1.5",
  "ho st:1",
  ":7777",
  "-a:1",
])("%j is no address", (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test("this machine's own addresses are known", () => {
  for (const own of ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "[::ffff:127.0.0.1]:1"])
    expect(isLoopback(own)).toBe(true);
  for (const other of ["128.0.0.1:1", "[::2]:1", "[fe80::1]:1", "10.127.0.1:1"]) expect(isLoopback(other)).toBe(false);
});
