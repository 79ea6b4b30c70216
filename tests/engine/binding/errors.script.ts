import { Logger, Node, OS } from "godot";
import ErrorLog, { expectError, Tap } from "./tap.ts";
import Throwing from "./throwing.script.ts";

export default class ErrorsFixture extends Node {
  #frames = 0;
  #log = new ErrorLog();
  #tap = new Tap();

  override _ready(): void {
    OS.add_logger(this.#log);
    expectError("thrown in _process");
    expectError("thrown in a callback");
    expectError("a rejected promise");
    expectError("thrown in a timer");
    this.connect("renamed", () => {
      throw new Error("thrown in a callback");
    });
    this.emit_signal("renamed");
    this.#expect("a callback", "thrown in a callback", "errors.script.ts");
    this.#tap.throws(
      "new of a class whose constructor throws",
      () => new Throwing().get_name(),
      "Error",
      "constructor",
    );
    this.#causes();
    this.#console();
    void Promise.reject(new Error("a rejected promise"));
    setTimeout(() => {
      throw new Error("thrown in a timer");
    }, 1);
  }

  #causes(): void {
    const throwing = (error: Error) => {
      this.connect("renamed", () => this.#throw(error), Node.CONNECT_ONE_SHOT);
      this.emit_signal("renamed");
    };
    expectError("its own cause");
    expectError("several at once");
    expectError("without a stack");
    const circular = new Error("its own cause");
    circular.cause = circular;
    throwing(circular);
    throwing(new AggregateError([new Error("the first"), new Error("the second")], "several at once"));
    throwing(Object.assign(new Error("without a stack"), { stack: 5 }));
    const said = (part: string) => this.#log.find(part)?.message ?? "";
    this.#tap.ok("a circle of causes ends", said("its own cause").includes("caused by Error: its own cause"));
    this.#tap.ok(
      "errors in one are shown",
      /among them Error: the first[\s\S]*Error: the second/.test(said("several")),
    );
    this.#tap.ok("an error whose stack is a number", said("without a stack").startsWith("Error: without a stack"));
    try {
      this.call("set_meta", "a", Symbol("outer") as never);
    } catch (error) {
      const { stack = "" } = error as Error;
      this.#tap.ok("stacks do not show the runtime's own functions", !/godot-ts:|eval at/.test(stack), stack);
    }
  }

  #throw(error: Error): never {
    throw error;
  }

  /** As Node has it: what is asserted, and Node's own warnings, are warnings. */
  #console(): void {
    console.assert(true, "nothing");
    console.assert(false);
    console.assert(false, "text %d", 5);
    console.assert(false, { a: 1 } as never);
    console.warn("a NUL \0 character");
    console.countReset("never counted");
    const asserted = this.#log.errors.filter(({ message }) => message.startsWith("Assertion failed"));
    this.#tap.equal(
      "assertions have Node's text",
      asserted.map(({ message }) => message),
      ["Assertion failed", "Assertion failed: text 5", "Assertion failed { a: 1 }"],
    );
    this.#tap.ok("and level", asserted.length > 0 && asserted.every(({ type }) => type === Logger.ERROR_TYPE_WARNING));
    this.#tap.ok("and place", asserted.length > 0 && asserted.every(({ file }) => file.endsWith("errors.script.ts")));
    this.#tap.ok("a NUL character is printed as a sign", this.#log.find("a NUL \u2400 character") !== undefined);
  }

  #expect(name: string, message: string, file: string): void {
    const error = this.#log.find(message);
    const shown = JSON.stringify(this.#log.errors);
    this.#tap.ok(`${name}: reported with the .ts file`, error?.file === `res://tests/engine/binding/${file}`, shown);
    this.#tap.ok(`${name}: reported with its line`, (error?.line ?? 0) > 10, shown);
    this.#tap.ok(`${name}: stack shows TypeScript`, error?.message.includes(`${file}:${error.line}:`) === true, shown);
  }

  override _process(): void {
    this.#frames += 1;
    if (this.#frames === 2) throw new Error("thrown in _process");
    if (this.#frames < 12) return;
    this.#expect("_process", "thrown in _process", "errors.script.ts");
    this.#expect("a promise", "a rejected promise", "errors.script.ts");
    this.#expect("a timer", "thrown in a timer", "errors.script.ts");
    const counted = this.#log.find("Count for 'never counted' does not exist");
    this.#tap.equal("Node's warnings are warnings", counted?.type, Logger.ERROR_TYPE_WARNING);
    this.#tap.equal("the game ran on", this.#frames, 12);
    OS.remove_logger(this.#log);
    this.#tap.finish(this);
  }
}
