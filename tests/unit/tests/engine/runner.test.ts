import { describe, expect, it } from "vitest";
import { unexpectedTrouble } from "../../../engine/runner/engine-log.ts";
import { readTap, tapProblems } from "../../../engine/runner/tap.ts";

describe("unexpectedTrouble", () => {
  it.each([
    "ERROR: Condition !is_inside_tree() is true.",
    "SCRIPT ERROR: Invalid call.",
    "USER ERROR: pushed",
    "WARNING: ObjectDB instances leaked at exit (run with --verbose for details).",
    "ERROR: 3 resources still in use at exit (run with --verbose for details).",
    "handle_crash: Program crashed with signal 11",
    "# Fatal error in , line 0",
  ])("finds %j", (line) => {
    expect(unexpectedTrouble(["ok one", line, "1..1"])).toEqual([line]);
  });
  it("lets pass what was announced, before or after", () => {
    const lines = ["ERROR: first boom", "# expect boom", "ERROR: boom", "ERROR: other"];
    expect(unexpectedTrouble(lines)).toEqual(["ERROR: other"]);
    expect(unexpectedTrouble(lines, ["other"])).toEqual([]);
  });
  it("is not disturbed by talk of errors", () => {
    expect(unexpectedTrouble(["no ERROR: here", "WARNING: slow", "error handling works"])).toEqual([]);
  });
});

describe("TAP", () => {
  it("passes when every planned point is ok", () => {
    const report = readTap(["Godot Engine", "ok 1 - walks", "ok jumps", "1..2"]);
    expect(report).toEqual({ planned: 2, passed: ["walks", "jumps"], failed: [] });
    expect(tapProblems(report)).toEqual([]);
  });
  it.each([
    [["ok a", "not ok b because", "1..2"], "not ok b because"],
    [["ok a"], "expected a plan (1..N) at the end, got none after 1 points"],
    [["ok a", "1..2"], "expected 2 points, got 1"],
    [["1..0"], "expected at least one point"],
  ])("fails %j", (lines, problem) => {
    expect(tapProblems(readTap(lines))).toEqual([problem]);
  });
});
