/** One line of a Prometheus text exposition. */
export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const LINE = /^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>.*)\})?[ \t]+(?<value>\S+)(?:[ \t]+-?\d+)?[ \t]*$/s;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"\s*(?:,|$)/sy;

/** Reads the Prometheus text format, version 0.0.4. Throws `SyntaxError` that names the first line that is not of it. */
export function parseExposition(text: string): Sample[] {
  const samples: Sample[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const sample = parseLine(line);
    if (sample === undefined) {
      throw new SyntaxError(
        `line ${index + 1}: expected a sample of the Prometheus text format such as name{label="value"} 1, ` +
          `got ${JSON.stringify(line.slice(0, 80))}`,
      );
    }
    samples.push(sample);
  }
  return samples;
}

function parseLine(line: string): Sample | undefined {
  const parts = LINE.exec(line)?.groups;
  if (parts?.name === undefined || parts.value === undefined) return undefined;
  const labels = parseLabels((parts.labels ?? "").trim());
  const value = parseValue(parts.value);
  return labels === undefined || value === undefined ? undefined : { name: parts.name, labels, value };
}

function parseLabels(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name, value] = LABEL.exec(text) ?? [];
    if (name === undefined || value === undefined) return undefined;
    labels[name] = value.replace(/\\(.)/gs, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}

function parseValue(text: string): number | undefined {
  if (text === "NaN") return Number.NaN;
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}
