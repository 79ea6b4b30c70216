import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OWN_CAPABILITIES } from "../../../scripts/protocol/capability.ts";
import { PROTOCOL_MINOR } from "../../../scripts/protocol/protocol-version.ts";
import { formatVersionQuery, parseVersionQuery } from "../../../scripts/protocol/version-query.ts";

describe("[P54] the version in the address of a socket", () => {
  it("says what a Hello says", () => {
    const offer = { protocolMinor: PROTOCOL_MINOR, capabilities: OWN_CAPABILITIES, platform: "linux" };
    expect(parseVersionQuery(`?${formatVersionQuery(offer)}`)).toEqual({ ok: true, offer });
    expect(parseVersionQuery("?proto_version=1.1&token=x")).toEqual({
      ok: true,
      offer: { protocolMinor: 1, capabilities: [], platform: "" },
    });
  });

  it("is 1.0 where nothing is said", () => {
    expect(parseVersionQuery("")).toMatchObject({ ok: true, offer: { protocolMinor: 0, capabilities: [] } });
  });

  it.each([
    ["proto_version=2.0", "version_mismatch", 'this server speaks protocol 1.x, "2.0" came'],
    ["proto_version=one", "malformed", 'proto_version: expected a version such as 1.0, got "one"'],
    ["proto_version=1.256", "malformed", "proto_version: expected a version"],
    [
      "proto_version=1.2&capabilities=Ä,b",
      "malformed",
      'capabilities: expected names of a-z, 0-9, _, a letter first, got "Ä"',
    ],
    [`capabilities=${"a,".repeat(33)}`, "malformed", 'capabilities: expected at most 32 names, got "33"'],
    ["platform=Linux+6.1%0a", "malformed", 'platform: expected 0 to 16 of a-z, 0-9, _, got "Linux 6.1\\n"'],
  ])("refuses %s", (query, reasonCode, detail) => {
    expect(parseVersionQuery(query)).toEqual({ ok: false, reasonCode, detail: expect.stringContaining(detail) });
  });

  it("takes any text, and answers on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const parsed = parseVersionQuery(`proto_version=${text}`);
        if (!parsed.ok) expect(parsed.detail).not.toMatch(/\n/);
      }),
    );
  });
});
