import { Logger, type Node } from "godot";

/** Results of one fixture scene, as lines of the Test Anything Protocol. */
export class Tap {
  #count = 0;
  #failed = 0;

  ok(name: string, passed: boolean, why = ""): void {
    this.#count += 1;
    if (!passed) this.#failed += 1;
    console.log(passed ? `ok ${name}` : `not ok ${name} ${why}`);
  }

  equal(name: string, actual: unknown, expected: unknown): void {
    const given = text(actual);
    const wanted = text(expected);
    this.ok(name, given === wanted, `expected ${wanted}, got ${given}`);
  }

  /** `call` must throw an error of this name whose message contains all the parts. */
  throws(name: string, call: () => unknown, errorName: string, ...parts: string[]): void {
    try {
      const result = call();
      this.ok(name, false, `returned ${text(result)} instead of throwing ${errorName}`);
    } catch (error) {
      const thrown = error instanceof Error ? error : new Error(String(error));
      const fits = thrown.name === errorName && parts.every((part) => thrown.message.includes(part));
      this.ok(name, fits, `threw ${thrown.name}: ${thrown.message}`);
    }
  }

  /** Prints the plan and ends the engine; its exit code says whether all passed. */
  finish(node: Node): void {
    console.log(`1..${this.#count}`);
    node.get_tree()?.quit(this.#failed === 0 ? 0 : 1);
  }
}

/** Announces an error line that the fixture is about to provoke. */
export function expectError(part: string): void {
  console.log(`# expect ${part}`);
}

function text(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === "bigint" ? `${item}n` : ArrayBuffer.isView(item) ? [item.constructor.name, String(item)] : item,
    ) ?? "undefined"
  );
}

/** What the engine was told about one error. */
export interface LoggedError {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly type: Logger.ErrorType;
}

/** Collects the engine's error messages while it is registered with OS.add_logger. */
export default class ErrorLog extends Logger {
  readonly errors: LoggedError[] = [];

  override _log_error(
    fn: string,
    file: string,
    line: number,
    code: string,
    rationale: string,
    _editor: boolean,
    type: Logger.ErrorType,
  ): void {
    this.errors.push({ function: fn, file, line, message: rationale || code, type });
  }

  /** The first one with this text. */
  find(part: string): LoggedError | undefined {
    return this.errors.find((entry) => entry.message.includes(part));
  }
}
