import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GodotProcess } from "../runner/godot-process.ts";

/** A Godot project of a few files in a folder of its own, which uses the runtime of this one. */
export class SmallProject implements Disposable {
  readonly folder: string;

  /** @param settings lines of project.godot after its first; the main scene is main.tscn */
  constructor(files: Readonly<Record<string, string>>, settings = "") {
    this.folder = mkdtempSync(join(tmpdir(), "small-project-"));
    mkdirSync(join(this.folder, "addons"));
    symlinkSync(join(process.cwd(), "addons/godot-ts"), join(this.folder, "addons/godot-ts"));
    this.write("project.godot", `config_version=5\n[application]\nrun/main_scene="res://main.tscn"\n${settings}`);
    this.write(".godot/extension_list.cfg", "res://addons/godot-ts/godot-ts.gdextension\n");
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** Writes a file, or writes it anew, as a program does that nobody may see half of. */
  write(path: string, text: string): void {
    const target = join(this.folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.new`, text);
    renameSync(`${target}.new`, target);
  }

  start(name: string, options: Partial<ConstructorParameters<typeof GodotProcess>[0]> = {}): GodotProcess {
    const engineArgs = ["--path", this.folder, ...(options.engineArgs ?? [])];
    return new GodotProcess({ ...options, name, engineArgs });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A scene file with nodes of scripts; `path` of a child is relative to the root. */
export function sceneText(
  ...nodes: { name: string; type: string; script?: string; values?: Readonly<Record<string, string>> }[]
): string {
  const scripts = [...new Set(nodes.flatMap(({ script }) => script ?? []))];
  const lines = [`[gd_scene load_steps=${scripts.length + 1} format=3]`];
  for (const [index, script] of scripts.entries())
    lines.push(`[ext_resource type="Script" path="res://${script}" id="${index + 1}"]`);
  for (const [index, { name, type, script, values = {} }] of nodes.entries()) {
    lines.push(`[node name="${name}" type="${type}"${index === 0 ? "" : ' parent="."'}]`);
    if (script !== undefined) lines.push(`script = ExtResource("${scripts.indexOf(script) + 1}")`);
    for (const [key, value] of Object.entries(values)) lines.push(`${key} = ${value}`);
  }
  return `${lines.join("\n")}\n`;
}
