/**
 * Something that a user can put right: what went wrong, and what to do about it.
 * The launcher prints it without a stack and exits with 1.
 */
export class SetUpFault extends Error {
  /**
   * @param {string} message what was expected and what came
   * @param {{ todo?: readonly string[], logTail?: readonly string[], logPath?: string }} [details]
   */
  constructor(message, details = {}) {
    super(message);
    this.name = "SetUpFault";
    /** @type {readonly string[]} each a thing that the user can do */
    this.todo = details.todo ?? [];
    /** @type {readonly string[]} the last lines of the failed program */
    this.logTail = details.logTail ?? [];
    this.logPath = details.logPath ?? "";
  }
}

/**
 * The text that a user sees for a fault.
 * @param {SetUpFault} fault
 * @returns {string}
 */
export function describeFault(fault) {
  const lines = [`✗ ${fault.message}`];
  for (const line of fault.logTail) lines.push(`  | ${line}`);
  if (fault.logPath) lines.push(`  full log: ${fault.logPath}`);
  if (fault.todo.length > 0) lines.push("  What to do:");
  for (const line of fault.todo) lines.push(`  - ${line}`);
  return lines.join("\n");
}
