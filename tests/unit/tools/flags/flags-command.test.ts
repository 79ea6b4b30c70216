import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "flags-"));
const program = join(folder, "flags.mjs");
const file = join(folder, "features.json");

const CONTENT = `{
  "protocol_v1": { "enabled": true },
  "protocol_v2_seq": {
    "description": "packets",
    "enabled": true,
    "rolloutPercent": 50,
    "forceEnable": { "players": ["Ada"], "zones": ["forest"] }
  },
  "snapshot_delta_v1": { "enabled": true },
  "input_delta_v1": { "enabled": false }
}
`;

beforeAll(async () => {
  await build({
    entryPoints: ["tools/flags/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
});
beforeEach(() => writeFileSync(file, CONTENT));
afterAll(() => rmSync(folder, { recursive: true }));

function flags(args: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env: { DARKAGES_FEATURES_FILE: file, ...environment },
  });
  return { status, stdout: stdout.replaceAll(folder, "DIR"), stderr: stderr.replaceAll(folder, "DIR") };
}

describe("flags explain", () => {
  test("says of each feature whether it is on for a player, and why", () => {
    expect(flags(["explain", "Grace", "--zone", "shore", "--platform", "linux"])).toEqual({
      status: 0,
      stdout: `Grace (key "grace") in shore on linux, by DIR/features.json:
  protocol_v1        on   bucket 8483 of 10000 < 10000: 100.00 % by rolloutPercent
  protocol_v2_seq    off  bucket 8381 of 10000 >= 5000: 50.00 % by rolloutPercent
  snapshot_delta_v1  on   bucket 7899 of 10000 < 10000: 100.00 % by rolloutPercent; not used without protocol_v2_seq
  input_delta_v1     off  enabled is false
  reject_reason_v1   off  not in the file
  action_v1          off  not in the file
  combat_v1          off  not in the file
`,
      stderr: "",
    });
  });

  test("knows a player by any spelling, and says what it was not told", () => {
    const { stdout } = flags(["explain", "ADA"]);
    expect(stdout).toContain('ADA (key "ada"), by');
    expect(stdout).toContain('protocol_v2_seq    on   player "ada" is in forceEnable.players\n');
    expect(stdout).toMatch(/Features are forced by zones too: with --zone that is looked at\.\n$/);
  });

  test("counts the environment and names it", () => {
    const { stdout } = flags(["explain", "Grace"], {
      DARKAGES_FEATURE_PROTOCOL_V1: "kill",
      DARKAGES_FEATURE_PROTOCOL_V2_SEQ: "off",
    });
    expect(stdout).toContain(
      "protocol_v2_seq    off  by DARKAGES_FEATURE_PROTOCOL_V2_SEQ=off; used all the same, because no other codec is on\n",
    );
    expect(stdout).toContain("protocol_v1        off  killed by DARKAGES_FEATURE_PROTOCOL_V1=kill\n");
  });

  test("is for programs with --json", () => {
    const { stdout } = flags(["explain", "Ada Lovelace", "--zone", "forest", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      player: "Ada Lovelace",
      playerKey: "ada lovelace",
      zone: "forest",
      platform: "",
      features: [
        { feature: "protocol_v1", allowed: true, reason: "inside_rollout", rolloutPercent: 100, source: "file" },
        { feature: "protocol_v2_seq", allowed: true, used: true, reason: "enabled_zone", zone: "forest" },
        { feature: "snapshot_delta_v1", allowed: true, used: true, missing: [] },
        { feature: "input_delta_v1", allowed: false, used: false, reason: "not_enabled", source: "file" },
        { feature: "reject_reason_v1", allowed: false, used: false, reason: "unlisted" },
        { feature: "action_v1", allowed: false, used: false, reason: "unlisted" },
        { feature: "combat_v1", allowed: false, used: false, reason: "unlisted" },
      ],
    });
  });
});

describe("flags list", () => {
  test("has a line for each feature", () => {
    expect(flags(["list"], { DARKAGES_FEATURE_PROTOCOL_V1: "5%" }).stdout).toBe(`DIR/features.json:
  protocol_v1          5.00 %; DARKAGES_FEATURE_PROTOCOL_V1=5%
  protocol_v2_seq     50.00 %; on for 1 player, 1 zone - packets
  snapshot_delta_v1  100.00 %
  input_delta_v1     off
  reject_reason_v1   unlisted
  action_v1          unlisted
  combat_v1          unlisted
`);
  });
});

describe("flags check", () => {
  test("says what is in order, and what is not in the file", () => {
    expect(flags(["check"])).toEqual({
      status: 0,
      stdout: `DIR/features.json is in order: 4 of 7 features are listed.
Not listed, and therefore off: reject_reason_v1, action_v1, combat_v1.
`,
      stderr: "",
    });
  });

  test("tells every fault with the path, and ends with 1", () => {
    writeFileSync(file, '{"protocol_v1": {"enabled": 1}, "protocol_v3": {}}');
    const { status, stdout, stderr } = flags(["check", file]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^DIR\/features\.json: protocol_v1\.enabled: expected true or false, got 1\nDIR\/features\.json: protocol_v3: there is no such feature, .*\n$/,
    );
  });

  test("tells what is wrong with the environment", () => {
    const { status, stderr } = flags(["check"], { DARKAGES_FEATURE_PROTOCOL_V1: "maybe" });
    expect(status).toBe(1);
    expect(stderr).toContain("DARKAGES_FEATURE_PROTOCOL_V1: expected on, off, kill, or a percentage");
  });
});

describe("flags set", () => {
  test("changes the file and nothing else in it, and says so", () => {
    chmodSync(file, 0o640);
    const { status, stdout, stderr } = flags(["set", "protocol_v2_seq", "75.5%"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(
      "protocol_v2_seq: rolloutPercent 50 -> 75.5 in DIR/features.json. Running servers take it over within a second.\n",
    );
    expect(readFileSync(file, "utf8")).toBe(CONTENT.replace('"rolloutPercent": 50', '"rolloutPercent": 75.5'));
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["features.json", "flags.mjs"]);
  });

  test("puts a new file in place of the old one, so that no reader sees half of it", () => {
    const before = statSync(file).ino;
    flags(["set", "protocol_v2_seq", "kill"]);
    expect(statSync(file).ino).not.toBe(before);
  });

  test("follows a link and leaves it a link", () => {
    const link = join(folder, "link.json");
    symlinkSync(file, link);
    try {
      flags(["set", "protocol_v1", "off", "--features", link]);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(JSON.parse(readFileSync(file, "utf8")).protocol_v1).toEqual({ enabled: false });
    } finally {
      rmSync(link);
    }
  });

  test("writes nothing when it is so already", () => {
    const before = statSync(file).ino;
    const { status, stdout } = flags(["set", "protocol_v1", "on"]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "protocol_v1 is so already in DIR/features.json; nothing was written.\n",
    });
    expect(statSync(file).ino).toBe(before);
  });

  test("warns where the environment wins over the file", () => {
    const { stdout } = flags(["set", "protocol_v1", "kill"], { DARKAGES_FEATURE_PROTOCOL_V1: "25%" });
    expect(stdout).toContain("killSwitch false -> true");
    expect(flags(["set", "protocol_v1", "on"], { DARKAGES_FEATURE_PROTOCOL_V1: "25%" }).stdout).toMatch(
      /\nBut DARKAGES_FEATURE_PROTOCOL_V1=25% is set here: .*\n$/,
    );
  });

  test("does not touch a file that is not in order", () => {
    writeFileSync(file, "{");
    const { status, stderr } = flags(["set", "protocol_v1", "on"]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "DIR/features.json: line 1, column 2: expected a name in double quotes, got the end of the file\n",
    });
    expect(readFileSync(file, "utf8")).toBe("{");
  });
});

describe("flags", () => {
  test("explains itself", () => {
    const { status, stdout, stderr } = flags(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const command of ["explain", "list", "check", "set"]) expect(stdout).toContain(`\n  ${command} `);
  });

  test.each([
    [[], "expected explain, list, check or set, got nothing"],
    [["tell"], 'expected explain, list, check or set, got "tell"'],
    [["explain"], "explain takes the name of a player, none came: explain Ada"],
    [["explain", ""], '"" is no name that a player can have: a name has 1 to 24 characters, an empty one came'],
    [
      ["explain", "Ada", "Lovelace"],
      'explain takes one name, "Lovelace" came as well: put a name with spaces in quotes',
    ],
    [["list", "all"], 'list takes nothing more, "all" came'],
    [["list", "--json"], "--json belongs to explain, not to list"],
    [["check", "a", "--features", "b"], "check takes a file or --features, both came"],
    [["set"], "set takes a feature, none came: one of protocol_v1,"],
    [["set", "protocol_v3", "on"], 'there is no feature "protocol_v3", expected one of protocol_v1,'],
    [
      ["set", "protocol_v1"],
      "set protocol_v1 takes on, off, kill, or a percentage with its sign such as 25% or 0.5%; nothing came",
    ],
    [
      ["set", "protocol_v1", "25"],
      'set protocol_v1: expected on, off, kill, or a percentage with its sign such as 25% or 0.5%, got "25"',
    ],
    [["set", "protocol_v1", "on", "now"], 'set takes a feature and what to do with it, "now" came as well'],
    [["list", "--features", ""], '--features takes the path of a file, "" came'],
    [["list", "--file", "x"], "--file"],
  ])("%j ends with 2, what is wrong, and the usage", (args, words) => {
    const { status, stdout, stderr } = flags(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(words);
    expect(stderr).toContain("npm run flags -- COMMAND");
  });

  test("ends with 1 where there is no file, and names it", () => {
    const { status, stderr } = flags(["list", "--features", join(folder, "none.json")]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "DIR/none.json: there is no such file\n" });
  });
});
