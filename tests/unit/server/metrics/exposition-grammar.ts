// The text format as its specification gives it (Prometheus, "Exposition formats", text format 0.0.4), and what it demands of histograms.
// Strict on purpose: written apart from the parser of tools/metrics, so that a mistake in one does not excuse the other.

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const VALUE = "(?:[+-]?Inf|NaN|[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)";
const HELP = new RegExp(`^# HELP (${NAME}) (?:[^\\\\]|\\\\[\\\\n])*$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${VALUE})$`);

export interface Family {
  type: string;
  samples: { name: string; labels: string; value: number }[];
}

/** Reads an exposition; throws at the first thing that the format does not allow. */
export function checkExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no line feed");
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const help = HELP.exec(line);
    const type = TYPE.exec(line);
    const sample = SAMPLE.exec(line);
    if (help?.[1] !== undefined) {
      current = help[1];
      if (families.has(current)) throw new Error(`a second group of ${current}`);
      families.set(current, { type: "", samples: [] });
    } else if (type?.[1] !== undefined) {
      const family = families.get(current);
      if (type[1] !== current || family === undefined || family.type !== "") throw new Error(`stray ${line}`);
      family.type = type[2] ?? "";
    } else if (sample?.[1] !== undefined) {
      const family = families.get(current);
      const [, name, labels = "", value = ""] = sample;
      const suffixes = family?.type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      if (family === undefined || !suffixes.some((suffix) => name === current + suffix))
        throw new Error(`stray ${line}`);
      if (family.type === "counter" && !name.endsWith("_total")) throw new Error(`${name} is a counter without _total`);
      if (seen.has(`${name}{${labels}}`)) throw new Error(`twice: ${line}`);
      seen.add(`${name}{${labels}}`);
      family.samples.push({ name, labels, value: Number(value.replace("Inf", "Infinity")) });
    } else {
      throw new Error(`not of the format: ${JSON.stringify(line)}`);
    }
  }
  for (const [name, family] of families) if (family.type === "histogram") checkHistogram(name, family);
  return families;
}

/** Every series has growing bounds that end with +Inf, counts that never fall, and a _count that equals the last of them. */
function checkHistogram(name: string, { samples }: Family): void {
  const open = new Map<string, { bound: number; count: number }>();
  const finished = new Set<string>();
  for (const sample of samples) {
    if (sample.name === `${name}_sum`) continue;
    const labels = sample.labels.replace(/,?le="[^"]*"$/, "");
    const before = open.get(labels) ?? { bound: Number.NEGATIVE_INFINITY, count: 0 };
    if (sample.name === `${name}_count`) {
      if (before.bound !== Number.POSITIVE_INFINITY) throw new Error(`${name}{${labels}} has no bucket +Inf`);
      if (before.count !== sample.value)
        throw new Error(`${name}{${labels}} counts ${sample.value}, +Inf ${before.count}`);
      finished.add(labels);
      continue;
    }
    const bound = Number(/le="([^"]*)"$/.exec(sample.labels)?.[1]?.replace("Inf", "Infinity") ?? Number.NaN);
    if (!(bound > before.bound)) throw new Error(`${name}{${sample.labels}}: bound after ${before.bound}`);
    if (sample.value < before.count)
      throw new Error(`${name}{${sample.labels}}: ${sample.value} after ${before.count}`);
    open.set(labels, { bound, count: sample.value });
  }
  if (finished.size !== open.size) throw new Error(`${name}: a series without _count`);
}
