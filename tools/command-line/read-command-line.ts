/** Exit code of a command that was asked for something that it does not understand. */
const NOT_UNDERSTOOD = 2;

/**
 * The options of the running command, as `parse` reads them from its arguments. Undefined when there is nothing to run: `--help` was
 * asked for and answered, or `parse` threw; then it is said what was wrong and how the command is used, and the exit code is 2.
 */
export function readCommandLine<Options>(
  usage: string,
  parse: (args: readonly string[]) => Options,
): Options | undefined {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(usage);
    return undefined;
  }
  try {
    return parse(args);
  } catch (error) {
    process.stderr.write(`${problemOf(error)}\n\n${usage}`);
    process.exitCode = NOT_UNDERSTOOD;
    return undefined;
  }
}

/** Without the hint of Node's parser at how to pass a file whose name begins with a dash: nobody meant that. */
function problemOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\. To specify a positional argument .*$/s, "");
}
