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

/** @type {Readonly<Record<string, (path: string) => { message: string, todo: string }>>} */
const SYSTEM_FAULTS = {
  EACCES: (path) => ({
    message: `${path} may not be written by this user`,
    todo: "make the folder yours, or use another",
  }),
  EPERM: (path) => ({
    message: `${path} may not be changed by this user`,
    todo: "make the folder yours, or use another",
  }),
  EROFS: (path) => ({ message: `${path} is on a disk that is read-only`, todo: "use a folder on another disk" }),
  ENOSPC: (path) => ({
    message: `the disk is full: ${path} could not be written`,
    todo: "free some space, then run the same command again",
  }),
  EDQUOT: (path) => ({
    message: `your disk quota is used up: ${path} could not be written`,
    todo: "free some space, then run the same command again",
  }),
};

/**
 * What the system refused, in words; anything else comes back as it is.
 * @param {unknown} error
 * @returns {unknown}
 */
export function asFault(error) {
  const { code = "", path = "a file" } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  const describe = SYSTEM_FAULTS[code];
  if (error instanceof SetUpFault || describe === undefined) return error;
  const { message, todo } = describe(path);
  return new SetUpFault(message, { todo: [todo] });
}
