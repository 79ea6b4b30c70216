import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { enterCandidates } from "../../../../tools/toolchain/choose-enter.mjs";
import { type EnterMode, type EnterPlan, enterCommand } from "../../../../tools/toolchain/enter-command.mjs";

const PLAN: EnterPlan = {
  mounts: [
    { kind: "read", source: "/root/usr", target: "/usr" },
    { kind: "link", source: "usr/bin", target: "/bin" },
    { kind: "devices", source: "/dev", target: "/dev" },
    { kind: "processes", source: "/proc", target: "/proc" },
    { kind: "scratch", source: "", target: "/var/tmp" },
    { kind: "write", source: "/home/it's ada", target: "/home/it's ada" },
  ],
  root: "/root",
  newRoot: "/view",
  cwd: "/home/it's ada",
  uid: 1000,
  gid: 100,
  programs: {
    bwrap: ["bwrap"],
    unshare: "/usr/bin/unshare",
    setpriv: "/usr/bin/setpriv",
    proot: ["proot"],
    sh: "/bin/sh",
  },
};

describe("enterCommand", () => {
  it("gives bwrap a view, a process namespace, and an end with its parent", () => {
    const command = enterCommand("bwrap", PLAN);
    const text = command.join(" ");
    expect(text).toContain("--die-with-parent --unshare-pid --tmpfs /");
    expect(text).toContain("--ro-bind /root/usr /usr --symlink usr/bin /bin --dev-bind /dev /dev --proc /proc");
    expect(text).toContain("--chdir /home/it's ada --");
  });
  it("leaves Ctrl-C to the program inside, not to bwrap", () => {
    const text = enterCommand("bwrap", PLAN).join(" ");
    expect(text).toMatch(/^\/bin\/sh -c trap '' INT QUIT; exec "\$0" "\$@" bwrap /);
    expect(text).toMatch(/ -- env --default-signal=INT,QUIT$/);
  });
  it("shares processes where another /proc is not allowed", () => {
    const command = enterCommand("bwrap-shared", PLAN);
    expect(command).not.toContain("--unshare-pid");
    expect(command.join(" ")).toContain("--bind /proc /proc");
  });
  it("makes an ordinary user root to build the view, and nobody but himself inside", () => {
    const command = enterCommand("unshare", PLAN);
    expect(command).toContain("--map-root-user");
    expect(command.join(" ")).toContain("--map-user=1000 --map-group=100");
  });
  it("needs no user namespace as root", () => {
    const command = enterCommand("unshare", { ...PLAN, uid: 0, gid: 0 });
    expect(command).not.toContain("--user");
    expect(command.join(" ")).not.toContain("--map-user");
  });
  it.each<EnterMode>(["unshare", "unshare-shared"])("writes a script for %s that a shell accepts", (mode) => {
    const command = enterCommand(mode, PLAN);
    const script = command[command.indexOf("-c") + 1] ?? "";
    expect(spawnSync("sh", ["-n", "-c", script], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    expect(script).toContain(`'/home/it'\\''s ada'`);
  });
  it("leaves to proot only what is not in the userland already", () => {
    const command = enterCommand("proot", PLAN);
    expect(command.join(" ")).toContain("--kill-on-exit -r /root -b /dev -b /proc -b /home/it's ada -w");
  });
  it("runs the system's programs as they are", () => {
    expect(enterCommand("direct", { ...PLAN, mounts: [], root: "/" })).toEqual([
      "/usr/bin/setpriv",
      "--pdeathsig",
      "KILL",
      "--",
    ]);
  });
});

describe("enterCandidates", () => {
  it("tries namespaces before paths are traced", () => {
    const candidates = enterCandidates(undefined, "userland");
    expect(candidates[0]).toBe("bwrap");
    expect(candidates.at(-1)).toBe("proot");
  });
  it("tries nothing else when one is named", () => {
    expect(enterCandidates("proot", "userland")).toEqual(["proot"]);
  });
  it.each(["docker", "direct"])("refuses %j for a userland and names what there is", (name) => {
    expect(() => enterCandidates(name, "userland")).toThrow(/expected one of bwrap, unshare, chroot, proot/);
  });
});
