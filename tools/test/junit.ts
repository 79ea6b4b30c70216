export interface CaseCounts {
  passed: number;
  failed: number;
}

/** The cases of a JUnit file, by its root element's totals and the skipped ones of its suites; undefined when it has none. */
export function countCases(xml: string): CaseCounts | undefined {
  const root = /<testsuites\b[^>]*>/.exec(xml)?.[0];
  if (root === undefined) return undefined;
  const failed = attribute(root, "failures") + attribute(root, "errors");
  let skipped = 0;
  for (const [element] of xml.matchAll(/<testsuite\b[^>]*>/g)) skipped += attribute(element, "skipped");
  return { passed: attribute(root, "tests") - failed - skipped, failed };
}

/** A JUnit file with the one case that a check is. */
export function checkReport(name: string, seconds: number, failure: string | undefined): string {
  const outcome = failure === undefined ? "" : `<failure message="${name} failed">${escapeXml(failure)}</failure>`;
  const failures = failure === undefined ? 0 : 1;
  const counts = `tests="1" failures="${failures}" errors="0" time="${seconds.toFixed(3)}"`;
  return `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="${name}" ${counts}>
  <testsuite name="${name}" ${counts} skipped="0">
    <testcase classname="checks" name="${name}" time="${seconds.toFixed(3)}">${outcome}</testcase>
  </testsuite>
</testsuites>
`;
}

function attribute(element: string, name: string): number {
  return Number(new RegExp(`\\b${name}="(\\d+)"`).exec(element)?.[1] ?? 0);
}

function escapeXml(text: string): string {
  // Control characters are not allowed in XML at all, not even escaped.
  const printable = [...text]
    .filter((character) => character >= " " || character === "\n" || character === "\t")
    .join("");
  return printable.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
