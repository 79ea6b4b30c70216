import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";

/** Throws with flatc's words unless `schema` only adds to what the version had. */
function conform(schema: string, version: string, family: string): void {
  const frozen = `tests/golden/schemas-${version}`;
  const base = ["--conform", `${frozen}/${family}.fbs`, "--conform-includes", frozen];
  execFileSync("flatc", [...base, "-I", "schemas", schema], { stdio: "pipe" });
}

describe.each(["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"])("[P41] the schemas only add to those of %s", (version) => {
  test.each(["session", "input", "snapshot", "reason"])("%s", (family) => {
    conform(`schemas/${family}.fbs`, version, family);
  });
});

test("[P41] the schema of actions only adds to that of 1.3, which brought it", () => {
  conform("schemas/action.fbs", "1.3", "action");
});

test("[P41] the schemas of fighting and of actions only add to those of 1.4", () => {
  conform("schemas/combat.fbs", "1.4", "combat");
  conform("schemas/action.fbs", "1.4", "action");
});

describe("[P41] a schema that takes away", () => {
  test("is found out", () => {
    // Seen from 1.1, the field that it added is missing in 1.0.
    expect(() => conform("tests/golden/schemas-1.0/input.fbs", "1.1", "input")).toThrow();
  });
});
