import { describe, expect, it } from "vitest";
import { doneLine, formatDuration, Progress } from "../../../../tools/launch/progress.mjs";

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, progress: new Progress({ write: (text) => written.push(text), isTTY, columns: 40 }) };
}

describe("formatDuration", () => {
  it.each([
    [0, "0.0 s"],
    [1234, "1.2 s"],
    [99_900, "99.9 s"],
    [99_960, "1 min 40 s"],
    [125_400, "2 min 5 s"],
    [3_599_900, "60 min 0 s"],
  ])("%i ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("Progress", () => {
  it("prints one line for a step that did something", async () => {
    const { written, progress } = recorder(false);
    await progress.step("bundle", () => true);
    expect(written.join("")).toMatch(/^✓ bundle +\d+\.\d s\n$/);
  });
  it("is silent about a step with nothing to do", async () => {
    const { written, progress } = recorder(true);
    await progress.step("bundle", () => false);
    expect(written).toEqual([]);
  });
  it("shows what goes on only on a terminal, within its width", async () => {
    const piped = recorder(false);
    await piped.progress.step("toolchain", (tell) => {
      tell("fetching");
      return true;
    });
    expect(piped.written).toHaveLength(1);
    const terminal = recorder(true);
    await terminal.progress.step("toolchain", (tell) => {
      tell(`fetching ${"x".repeat(100)}`);
      return true;
    });
    expect(terminal.written[0]).toContain("fetching");
    for (const text of terminal.written) expect(text.replaceAll("\r", "").trimEnd().length).toBeLessThan(40);
  });
  it("shows whole lines on a terminal that does not tell its width", () => {
    const written: string[] = [];
    const progress = new Progress({ write: (text) => written.push(text), isTTY: true, columns: 0 });
    progress.show("compiling");
    progress.show("");
    expect(written).toEqual(["\rcompiling", `\r${" ".repeat(9)}\r`]);
  });
  it("does not call a failed step done", async () => {
    const { written, progress } = recorder(false);
    const failing = progress.step("bundle", () => {
      throw new Error("broken");
    });
    await expect(failing).rejects.toThrow("broken");
    expect(written).toEqual([]);
  });
  it("lines up names and times", () => {
    expect(doneLine("gns", 400).length).toBe(doneLine("dependencies", 31_200).length);
  });
});
