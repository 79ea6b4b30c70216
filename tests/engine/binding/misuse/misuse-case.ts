import type { Node3D, Resource } from "godot";

/** What a wrong use may use: fresh for each. */
export interface Stage {
  /** In the tree. */
  readonly node: Node3D;
  readonly resource: Resource;
  /** A node that was freed. */
  readonly freed: Node3D;
}

/** A wrong use: what it does, the error that it must throw, and what the message must say. */
export type MisuseCase = readonly [
  name: string,
  wrong: (stage: Stage) => unknown,
  error: string,
  ...parts: readonly string[],
];

/** For values that the types forbid: these are what the cases are about. */
export const loose = (value: unknown) => value as never;

/** Calls a method with arguments that the types forbid. */
export const invoke = (object: object, method: string, ...args: unknown[]): unknown =>
  Reflect.apply(Reflect.get(object, method) as (...given: unknown[]) => unknown, object, args);

/** Calls a member of the engine's namespace, or another function, in the same way. */
export const apply = (made: unknown, ...args: unknown[]): unknown =>
  (made as (...given: unknown[]) => unknown)(...args);

export const construct = (made: unknown, ...args: unknown[]): object =>
  new (made as new (...given: unknown[]) => object)(...args);
