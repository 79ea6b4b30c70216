// What an engine's output says about a run.

/** Lines that no good run prints: script and engine errors, crashes, what was left over at the end. */
const TROUBLE = [
  /^(SCRIPT |USER |USER SCRIPT )?ERROR:/,
  /ObjectDB instances? (were )?leaked/i,
  /Leaked instance/,
  /resources? still in use at exit/,
  /RID allocations? .* leaked at exit/,
  /handle_crash|Program crashed with signal|Segmentation fault|Aborted \(core dumped\)/,
  /FATAL ERROR:|Fatal error in|Check failed:/,
];

/** A fixture announces an error that it provokes by printing `# expect TEXT` before it. */
const EXPECTATION = /^# expect (.+)$/;

/**
 * The lines that speak of trouble nobody announced.
 * @param expected parts of lines that are allowed, besides those that the run announced itself
 */
export function unexpectedTrouble(lines: readonly string[], expected: readonly string[] = []): string[] {
  const allowed = [...expected];
  const trouble: string[] = [];
  for (const line of lines) {
    const announced = EXPECTATION.exec(line)?.[1];
    if (announced !== undefined) allowed.push(announced);
    else if (TROUBLE.some((pattern) => pattern.test(line)) && !allowed.some((text) => line.includes(text)))
      trouble.push(line);
  }
  return trouble;
}
