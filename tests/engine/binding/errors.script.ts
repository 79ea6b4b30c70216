import { Node, OS } from "godot";
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
    void Promise.reject(new Error("a rejected promise"));
    setTimeout(() => {
      throw new Error("thrown in a timer");
    }, 1);
  }

  #expect(name: string, message: string, file: string): void {
    const error = this.#log.errors.find((entry) => entry.message.includes(message));
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
    this.#tap.equal("the game ran on", this.#frames, 12);
    OS.remove_logger(this.#log);
    this.#tap.finish(this);
  }
}
