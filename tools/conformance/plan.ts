// What the sweep does with each class and method: one job each, in the order of the tables.
import type { Api, ApiArgument, ApiClass, ApiMethod } from "./api.ts";

export interface Job {
  readonly index: number;
  readonly kind: "class" | "method";
  readonly className: string;
  /** Empty for a class. */
  readonly method: string;
  readonly isStatic: boolean;
  readonly isVararg: boolean;
  readonly required: number;
  /** Types as the tables write them; an enum is `enum:VALUE`, its first value. */
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly result: string;
  readonly isInstantiable: boolean;
  /** Classes of the editor can be made in the editor only. */
  readonly inEditor: boolean;
}

export interface Exclusion {
  readonly class: string;
  readonly method: string;
  readonly reason: string;
}

/** For each class that cannot be constructed, the descendants that can, and the reverse for lookups by name. */
export interface Plan {
  readonly jobs: readonly Job[];
  readonly concrete: Readonly<Record<string, readonly string[]>>;
  readonly singletons: readonly string[];
}

/** Every class, and every non-virtual method of it under the class that declares it. */
export function makePlan(api: Api): Plan {
  const enums = enumValues(api);
  const jobs: Job[] = [];
  for (const entry of api.classes) {
    jobs.push(classJob(jobs.length, entry));
    for (const method of entry.methods ?? []) {
      if (!method.is_virtual) jobs.push(methodJob(jobs.length, entry, method, enums));
    }
  }
  return { jobs, concrete: concreteDescendants(api), singletons: api.singletons.map((entry) => entry.name) };
}

/** `Class.method`, or the class alone. */
export function nameOf(job: Job): string {
  return job.kind === "class" ? job.className : `${job.className}.${job.method}`;
}

function classJob(index: number, entry: ApiClass): Job {
  return {
    index,
    kind: "class",
    className: entry.name,
    method: "",
    isStatic: false,
    isVararg: false,
    required: 0,
    types: [],
    names: [],
    result: "void",
    isInstantiable: entry.is_instantiable,
    inEditor: entry.api_type === "editor",
  };
}

function methodJob(index: number, entry: ApiClass, method: ApiMethod, enums: ReadonlyMap<string, number>): Job {
  const args: readonly ApiArgument[] = method.arguments ?? [];
  return {
    ...classJob(index, entry),
    kind: "method",
    method: method.name,
    isStatic: method.is_static,
    isVararg: method.is_vararg,
    required: args.filter((argument) => argument.default_value === undefined).length,
    types: args.map((argument) => resolve(argument.type, enums)),
    names: args.map((argument) => argument.name),
    result: method.return_value?.type ?? "void",
  };
}

function resolve(type: string, enums: ReadonlyMap<string, number>): string {
  const name = /^(?:enum|bitfield)::(.+)$/.exec(type)?.[1];
  return name === undefined ? type : `enum:${enums.get(name) ?? 0}`;
}

function enumValues(api: Api): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const entry of api.global_enums) first.set(entry.name, entry.values[0]?.value ?? 0);
  for (const owner of api.classes) {
    for (const entry of owner.enums ?? []) first.set(`${owner.name}.${entry.name}`, entry.values[0]?.value ?? 0);
  }
  return first;
}

function concreteDescendants(api: Api): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const parents = new Map(api.classes.map((entry) => [entry.name, entry.inherits]));
  for (const entry of api.classes) {
    if (!entry.is_instantiable) continue;
    for (let parent = entry.inherits; parent !== undefined; parent = parents.get(parent)) {
      found[parent] ??= [];
      // Classes made for extending have nothing behind their methods: other ones first.
      if (entry.name.endsWith("Extension")) found[parent]?.push(entry.name);
      else found[parent]?.unshift(entry.name);
    }
  }
  return found;
}
