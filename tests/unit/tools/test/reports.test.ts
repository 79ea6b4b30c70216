import { describe, expect, it } from "vitest";
import { readCaseCounts } from "../../../../tools/test/case-counts.ts";
import { checkReport } from "../../../../tools/test/check-report.ts";

describe("readCaseCounts", () => {
  it("counts what ran", () => {
    expect(readCaseCounts('{"numTotalTests":9,"numPassedTests":5,"numFailedTests":2,"numPendingTests":2}')).toEqual({
      passed: 5,
      failed: 2,
    });
  });
  it.each(["", "{", "null", "[]", "{}", '{"numPassedTests":"5","numFailedTests":0}'])(
    "takes %j for no report",
    (text) => {
      expect(readCaseCounts(text)).toBeUndefined();
    },
  );
});

describe("checkReport", () => {
  it("is one passed case", () => {
    const xml = checkReport("types", 1.5, undefined);
    expect(xml).toContain('tests="1" failures="0"');
    expect(xml).not.toContain("<failure");
  });
  it("is one failed case whose text stays text", () => {
    const xml = checkReport("types", 1.5, 'expected <T>, "got" & \u001b[31mred');
    expect(xml).toContain('failures="1"');
    expect(xml).toContain("expected &lt;T&gt;, &quot;got&quot; &amp; [31mred");
  });
});
