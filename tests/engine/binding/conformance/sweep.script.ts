// The engine's side of the sweep (tools/conformance): does the jobs of a plan and writes what came of each before it goes on,
// because any of them may be the last. It stands in a project of its own, so that no call can harm this one.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { GDScript, GodotObject, Node } from "godot";
import { argumentFor } from "./arguments.ts";
import { Receivers } from "./receivers.ts";
import { mismatch } from "./result-types.ts";
import type { SweepJob, SweepOrder } from "./sweep-order.ts";

const FRAME_BUDGET_MS = 12;
/** Frames to wait at the end: what a call put off may still go wrong. */
const LAST_FRAMES = 5;
const CALLER = `extends RefCounted
func invoke(object, method, arguments):
	return object.callv(method, arguments)
func construct(name):
	var object = ClassDB.instantiate(name)
	if object != null and not object is RefCounted:
		object.free()
	return "constructed"
`;

function makeCaller(): GodotObject {
  const script = new GDScript();
  script.source_code = CALLER;
  script.reload();
  return script.call("new") as unknown as GodotObject;
}

export default class Sweep extends Node {
  static tool = true;
  #order: SweepOrder | undefined;
  #receivers: Receivers | undefined;
  #gdscript: GodotObject | undefined;
  #log = -1;
  #next = 0;
  #left = LAST_FRAMES;

  override _ready(): void {
    const path = process.env.SWEEP_ORDER;
    if (path === undefined) return;
    const order: SweepOrder = JSON.parse(readFileSync(path, "utf8"));
    this.#order = order;
    this.#log = openSync(order.log, "a");
    this.#receivers = new Receivers(order, this);
    if (order.byGdscript) this.#gdscript = makeCaller();
  }

  override _process(): void {
    const order = this.#order;
    if (order === undefined) return;
    this.#tell("frame");
    const end = Date.now() + FRAME_BUDGET_MS;
    while (this.#next < order.jobs.length && Date.now() < end) {
      const job = order.jobs[this.#next++];
      if (job !== undefined) this.#do(job);
    }
    if (this.#next < order.jobs.length || this.#left-- > 0) return;
    this.#tell("end");
    closeSync(this.#log);
    process.kill(process.pid, "SIGKILL"); // what the calls did to the engine must not count at its end
  }

  #tell(line: string): void {
    writeSync(this.#log, `${line}\n`);
  }

  #do(job: SweepJob): void {
    this.#tell(`> ${job.index}`);
    let outcome: string;
    try {
      outcome = job.kind === "class" ? this.#construct(job) : this.#call(job);
    } catch (error) {
      outcome = `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    }
    this.#receivers?.cleanUp();
    this.#tell(`< ${job.index} ${outcome.replaceAll("\n", " ")}`);
  }

  #construct(job: SweepJob): string {
    if (this.#gdscript !== undefined) return String(this.#gdscript.call("construct", job.className));
    return this.#receivers?.construct(job.className) ?? "no receivers";
  }

  #call(job: SweepJob): string {
    const receivers = this.#receivers;
    if (receivers === undefined) return "no receivers";
    const receiver = job.isStatic ? receivers.classOf(job.className) : receivers.receiver(job.className, job.method);
    if (receiver === undefined) return "unreachable";
    const method: unknown = Reflect.get(Object(receiver), job.method);
    if (typeof method !== "function") return `wrong: ${job.method} is ${typeof method}`;
    const counts = job.required < job.types.length ? [job.required, job.types.length] : [job.types.length];
    for (const count of counts) {
      const args = job.types.slice(0, count).map((type, index) => argumentFor(type, job, index, receivers));
      if (this.#gdscript !== undefined && receiver instanceof GodotObject) {
        this.#gdscript.call("invoke", receiver, job.method, args as never);
        continue;
      }
      const result: unknown = Reflect.apply(method, receiver, args);
      const wrong = mismatch(job.result, result);
      if (wrong !== undefined) return `wrong: ${wrong}`;
    }
    return "ok";
  }
}
