import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundTexts, PrometheusText } from "../../../../server/metrics/prometheus-text.ts";
import { parseExposition } from "../../../../tools/metrics/parse-exposition.ts";
import { checkExposition } from "./exposition-grammar.ts";

describe("PrometheusText", () => {
  it("writes the format", () => {
    const text = new PrometheusText();
    text.family("requests_total", "counter", "Requests.\nAll of C:\\.");
    text.sample("requests_total", { code: "200", path: 'a"b\\c\nd' }, 3);
    text.family("heat", "gauge", "How hot.");
    text.sample("heat", {}, Number.NEGATIVE_INFINITY);
    text.family("size_bytes", "histogram", "Sizes.");
    text.histogram("size_bytes", { kind: "x" }, ["1", "2"], [9, 5, 0, 2], 1, 12);
    expect(text.toString()).toBe(
      [
        "# HELP requests_total Requests.\\nAll of C:\\\\.",
        "# TYPE requests_total counter",
        'requests_total{code="200",path="a\\"b\\\\c\\nd"} 3',
        "# HELP heat How hot.",
        "# TYPE heat gauge",
        "heat -Inf",
        "# HELP size_bytes Sizes.",
        "# TYPE size_bytes histogram",
        'size_bytes_bucket{kind="x",le="1"} 5',
        'size_bytes_bucket{kind="x",le="2"} 5',
        'size_bytes_bucket{kind="x",le="+Inf"} 7',
        'size_bytes_sum{kind="x"} 12',
        'size_bytes_count{kind="x"} 7',
        "",
      ].join("\n"),
    );
  });

  it("is of the format whatever the labels and values are, and reads back the same", () => {
    const value = fc.oneof(fc.double(), fc.nat());
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), value, (help, label, number) => {
        const text = new PrometheusText();
        text.family("a_metric", "gauge", help);
        text.sample("a_metric", { label, other: "x" }, number);
        checkExposition(text.toString());
        const expected = { name: "a_metric", labels: { label, other: "x" }, value: number === 0 ? 0 : number };
        expect(parseExposition(text.toString())).toEqual([expected]);
      }),
    );
  });
});

describe("boundTexts", () => {
  it("scales without dust", () => {
    expect(boundTexts([128, 192, 3_000], 1e-9)).toEqual(["1.28e-7", "1.92e-7", "0.000003"]);
  });
});
