import { Worker } from "node:worker_threads";
import { is_instance_valid, Node } from "godot";
import { expectError, Tap } from "./tap.ts";
import type ThreadedChild from "./threaded-child.script.ts";

const CHILD = "res://tests/engine/binding/threaded-child.tscn";

export default class ThreadsFixture extends Node {
  override _ready(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    const tap = new Tap();
    const gd = this.get_node("Gd");
    const child = gd.call("instantiate_on_thread", CHILD) as ThreadedChild;
    tap.equal("a scene value set on a thread arrives", child.speed, 2.5);
    tap.equal("and a field keeps its value", child.power, 3);
    this.add_child(child);
    tap.ok("_ready runs on the main thread", child.ready);
    const other = gd.call("instantiate_on_thread", CHILD) as ThreadedChild;
    tap.equal("again, with the class loaded", [other.speed, other.power], [2.5, 3]);
    gd.call("free_on_thread", other);
    tap.ok("freed on a thread", !is_instance_valid(other));
    tap.throws("and noticed", () => other.get_name(), "ObjectFreedError");

    expectError("JavaScript runs on the main thread only");
    expectError("Nonexistent function '<CallableCustom>");
    let called = false;
    gd.call("call_on_thread", () => {
      called = true;
    });
    tap.ok("a function does not run on another thread", !called);

    const bound = await this.#worker("process._linkedBinding('godot_ts').loadSource('boot')");
    tap.ok("a worker cannot use the binding", bound.includes("main thread"), bound);
    const imported = await this.#worker("import('godot').catch((e) => { throw e; })");
    tap.ok("nor import the engine", imported.includes("main thread"), imported);
    tap.equal("but it works as a worker", await this.#worker("throw new Error('still ' + (1 + 1))"), "still 2");
    tap.finish(this);
  }

  #worker(source: string): Promise<string> {
    return new Promise((resolve) => {
      const worker = new Worker(source, { eval: true });
      worker.on("error", (error) => resolve((error as Error).message));
      worker.on("exit", (code) => resolve(`exit ${code}`));
    });
  }
}
