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

function escapeXml(text: string): string {
  // Control characters are not allowed in XML at all, not even escaped.
  const printable = [...text]
    .filter((character) => character >= " " || character === "\n" || character === "\t")
    .join("");
  return printable.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
