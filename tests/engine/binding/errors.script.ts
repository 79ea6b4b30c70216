import { stat } from "node:fs";
import { Logger, Node, OS } from "godot";
import ErrorLog, { expectError, Tap } from "./tap.ts";
import Throwing from "./throwing.script.ts";

export default class ErrorsFixture extends Node {
  #frames = 0;
  #caught = "";
  #ranAfter = false;
  #wentOn = false;
  #log = new ErrorLog();
  #tap = new Tap();

  override _ready(): void {
    OS.add_logger(this.#log);
    expectError("thrown in _process");
    expectError("thrown in the frame after");
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

  /** What the engine calls with no script around it, one after the other in the same frame. */
  #deferred(): void {
    expectError("the first put off");
    expectError("the second put off");
    const later = (work: () => void) => this.connect("renamed", work, Node.CONNECT_ONE_SHOT | Node.CONNECT_DEFERRED);
    later(() => this.#throw(new Error("the first put off")));
    later(() => {
      try {
        this.#throw(new Error("caught by the script itself"));
      } catch (error) {
        this.#caught = (error as Error).message;
      }
    });
    later(() => this.#throw(new Error("the second put off")));
    later(() => {
      this.#ranAfter = true;
    });
    this.emit_signal("renamed");
  }

  /** What a script makes the engine call throws past neither. */
  #nested(): void {
    expectError("thrown in a nested call");
    this.connect("renamed", () => this.#throw(new Error("thrown in a nested call")), Node.CONNECT_ONE_SHOT);
    this.emit_signal("renamed");
    this.#wentOn = true;
  }

  /** Node's own callbacks, of files and of immediates: their errors come by way of Node. */
  #node(): void {
    expectError("thrown when a file was read");
    expectError("thrown in an immediate");
    stat(".", () => this.#throw(new Error("thrown when a file was read")));
    setImmediate(() => this.#throw(new Error("thrown in an immediate")));
  }

  override _process(): void {
    this.#frames += 1;
    if (this.#frames === 2) throw new Error("thrown in _process");
    if (this.#frames === 3) throw new Error("thrown in the frame after");
    if (this.#frames === 4) this.#deferred();
    if (this.#frames === 5) this.#nested();
    if (this.#frames === 6) this.#node();
    if (this.#frames < 12) return;
    this.#expect("_process", "thrown in _process", "errors.script.ts");
    this.#expect("the next _process", "thrown in the frame after", "errors.script.ts");
    this.#expect("a call put off", "the first put off", "errors.script.ts");
    this.#expect("another in its frame", "the second put off", "errors.script.ts");
    this.#tap.equal(
      "each is reported once",
      this.#log.errors.filter(({ message }) => message.includes("put off")).length,
      2,
    );
    this.#tap.equal("what a script catches is its own", this.#caught, "caught by the script itself");
    this.#tap.ok("what follows in the frame runs", this.#ranAfter);
    this.#expect("a nested call", "thrown in a nested call", "errors.script.ts");
    this.#tap.ok("who made it goes on", this.#wentOn);
    this.#expect("a file's callback", "thrown when a file was read", "errors.script.ts");
    this.#expect("an immediate", "thrown in an immediate", "errors.script.ts");
    this.#expect("a promise", "a rejected promise", "errors.script.ts");
    this.#expect("a timer", "thrown in a timer", "errors.script.ts");
    const counted = this.#log.find("Count for 'never counted' does not exist");
    this.#tap.equal("Node's warnings are warnings", counted?.type, Logger.ERROR_TYPE_WARNING);
    this.#tap.equal("the game ran on", this.#frames, 12);
    OS.remove_logger(this.#log);
    this.#tap.finish(this);
  }
}
