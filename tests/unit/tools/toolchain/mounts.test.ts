import { describe, expect, it } from "vitest";
import { planMounts, withoutNested } from "../../../../tools/toolchain/mounts.mjs";

function plan(there: readonly string[], writable: readonly string[]) {
  return planMounts({
    root: "/cache/root",
    rootEntries: [
      { name: "usr", linkTo: "" },
      { name: "etc", linkTo: "" },
      { name: "home", linkTo: "" },
      { name: "bin", linkTo: "usr/bin" },
    ],
    writable,
    exists: (path) => there.includes(path),
  });
}

describe("planMounts", () => {
  it("takes programs from the userland and homes from the machine", () => {
    const mounts = plan(["/tmp", "/home/ada"], ["/home/ada"]);
    expect(mounts).toContainEqual({ kind: "read", source: "/cache/root/usr", target: "/usr" });
    expect(mounts).toContainEqual({ kind: "link", source: "usr/bin", target: "/bin" });
    expect(mounts).toContainEqual({ kind: "write", source: "/home/ada", target: "/home/ada" });
    expect(mounts.map((mount) => mount.source)).not.toContain("/cache/root/home");
  });
  it("leaves out what this machine does not have", () => {
    const targets = plan(["/tmp", "/etc/hosts"], ["/gone"]).map((mount) => mount.target);
    expect(targets).toContain("/etc/hosts");
    expect(targets).not.toContain("/etc/resolv.conf");
    expect(targets).not.toContain("/gone");
  });
  it("mounts the userland's /etc before the machine's files in it", () => {
    const targets = plan(["/tmp", "/etc/hosts"], []).map((mount) => mount.target);
    expect(targets.indexOf("/etc")).toBeLessThan(targets.indexOf("/etc/hosts"));
  });
  it("never makes the whole machine writable", () => {
    expect(plan(["/", "/tmp"], ["/"]).map((mount) => mount.target)).not.toContain("/");
  });
});

describe("withoutNested", () => {
  it("drops folders inside others and doubles, but not mere namesakes", () => {
    expect(withoutNested(["/home/ada/game", "/home/ada", "/home/adam", "/home/ada"])).toEqual([
      "/home/ada",
      "/home/adam",
    ]);
  });
});
