// The parts of Godot's extension_api.json that the sweep reads.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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

export interface Api {
  readonly classes: readonly ApiClass[];
  readonly global_enums: readonly ApiEnum[];
  readonly singletons: readonly { readonly name: string }[];
}

/** The tables of the installed engine: as the library's build left them, else dumped anew. */
export function readApi(project: string): Api {
  const built = join(project, "addons/godot-ts/build/extension_api.json");
  if (existsSync(built)) return parse(built);
  const folder = mkdtempSync(join(tmpdir(), "godot-api-"));
  try {
    execFileSync("godot", ["--headless", "--dump-extension-api"], { cwd: folder, stdio: "ignore" });
    return parse(join(folder, "extension_api.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parse(path: string): Api {
  return JSON.parse(readFileSync(path, "utf8"));
}
