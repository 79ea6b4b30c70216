import { describe, expect, it } from "vitest";
import { chooseMirror } from "../../../../tools/toolchain/mirror.mjs";

const DEBIAN = `Debian|Debian-Security|http://mirror.example/debian-security/
Debian|Debian|http://mirror.example/debian/
|Other|http://packages.example/apt/
`;
const UBUNTU = `Ubuntu|Ubuntu|http://mirror.example/ubuntu/
Ubuntu|Ubuntu|http://security.example/ubuntu/
`;

function choose(facts: Partial<Parameters<typeof chooseMirror>[0]>) {
  return chooseMirror({ requested: undefined, indexTargets: "", distribution: "debian", ...facts });
}

describe("chooseMirror", () => {
  it("takes the machine's Debian mirror, not its security mirror", () => {
    expect(choose({ indexTargets: DEBIAN })).toEqual({ ok: true, mirror: "http://mirror.example/debian", from: "apt" });
  });
  it("prefers what the user asks for", () => {
    expect(choose({ indexTargets: DEBIAN, requested: "https://near.example/debian/" })).toEqual({
      ok: true,
      mirror: "https://near.example/debian",
      from: "DARKAGES_MIRROR",
    });
  });
  it("guesses by the path before apt knows its sources' names", () => {
    const fresh = "||http://mirror.example/debian-security/\n||http://mirror.example/debian/\n";
    expect(choose({ indexTargets: fresh })).toMatchObject({ mirror: "http://mirror.example/debian" });
  });
  it("does not take Ubuntu's mirrors", () => {
    expect(choose({ indexTargets: UBUNTU, distribution: "ubuntu" })).toEqual({ ok: false, reason: "ubuntu" });
  });
  it("takes a Debian mirror that an Ubuntu machine knows besides", () => {
    expect(choose({ indexTargets: UBUNTU + DEBIAN, distribution: "ubuntu" })).toMatchObject({ ok: true });
  });
  it("says when there is none", () => {
    expect(choose({})).toEqual({ ok: false, reason: "none" });
  });
  it.each(["mirror.example/debian", "http://a b", "nonsense"])("refuses %j", (requested) => {
    expect(choose({ requested, indexTargets: DEBIAN })).toEqual({ ok: false, reason: "invalid" });
  });
});
