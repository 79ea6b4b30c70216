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

/** A fixture announces an error that it provokes by printing `# expect TEXT`. */
const EXPECTATION = /^# expect (.+)$/;

/**
 * The lines that speak of trouble nobody announced. Where in the output the announcement stands does not matter: it and
 * the error come through different pipes.
 * @param expected parts of lines that are allowed, besides those that the run announced itself
 */
export function unexpectedTrouble(lines: readonly string[], expected: readonly string[] = []): string[] {
  const allowed = [...expected, ...announcedErrors(lines)];
  return lines.filter((line) => isTrouble(line) && !allowed.some((text) => line.includes(text)));
}

/** The announced errors that never came. */
export function missingErrors(lines: readonly string[]): string[] {
  return announcedErrors(lines).filter((text) => !lines.some((line) => isTrouble(line) && line.includes(text)));
}

function isTrouble(line: string): boolean {
  return TROUBLE.some((pattern) => pattern.test(line));
}

function announcedErrors(lines: readonly string[]): string[] {
  return lines.map((line) => EXPECTATION.exec(line)?.[1]).filter((text) => text !== undefined);
}
