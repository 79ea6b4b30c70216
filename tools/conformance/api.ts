// The parts of Godot's extension_api.json that the conformance suite reads.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ApiArgument {
  readonly name: string;
  readonly type: string;
  readonly default_value?: string;
}

export interface ApiMethod {
  readonly name: string;
  readonly is_static: boolean;
  readonly is_vararg: boolean;
  readonly is_virtual: boolean;
  readonly return_value?: { readonly type: string };
  readonly arguments?: readonly ApiArgument[];
}

export interface ApiEnum {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly value: number }[];
}

export interface ApiClass {
  readonly name: string;
  readonly inherits?: string;
  readonly is_instantiable: boolean;
  readonly api_type: "core" | "editor";
  readonly methods?: readonly ApiMethod[];
  readonly enums?: readonly ApiEnum[];
}

/** A type that is no class: a value type, a string, a container. */
export interface ApiBuiltin {
  readonly name: string;
  readonly operators: readonly { readonly name: string; readonly right_type?: string }[];
  readonly methods?: readonly ApiBuiltinMethod[];
  readonly constants?: readonly { readonly name: string }[];
}

export interface ApiBuiltinMethod {
  readonly name: string;
  readonly is_static: boolean;
  readonly is_const: boolean;
  readonly is_vararg: boolean;
  readonly return_type?: string;
  readonly arguments?: readonly ApiArgument[];
}

export interface Api {
  readonly builtin_classes: readonly ApiBuiltin[];
  readonly classes: readonly ApiClass[];
  readonly global_enums: readonly ApiEnum[];
  readonly singletons: readonly { readonly name: string }[];
}

/**
 * The engine's tables, from the engine itself.
 * @param engine the program to ask
 * @throws when it does not run
 */
export function readApi(engine = "godot"): Api {
  const folder = mkdtempSync(join(tmpdir(), "godot-api-"));
  try {
    execFileSync(engine, ["--headless", "--dump-extension-api"], { cwd: folder, stdio: "ignore" });
    return JSON.parse(readFileSync(join(folder, "extension_api.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
