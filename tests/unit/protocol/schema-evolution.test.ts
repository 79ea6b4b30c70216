import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";

const FROZEN = "tests/golden/schemas-1.0";

/** Throws with flatc's words unless `schema` only adds to `base`. */
function conform(schema: string, base: string): void {
  execFileSync("flatc", ["--conform", base, "--conform-includes", FROZEN, "-I", "schemas", schema], { stdio: "pipe" });
}

describe("[P41] the schemas only add to those of 1.0", () => {
  for (const family of ["session", "input", "snapshot", "reason"]) {
    test(family, () => conform(`schemas/${family}.fbs`, `${FROZEN}/${family}.fbs`));
  }

  test("and what takes away is found out", () => {
    // Seen from 1.0, the field that 1.1 added is missing.
    expect(() => conform(`${FROZEN}/input.fbs`, "schemas/input.fbs")).toThrow();
  });
});
