import { spawn } from "node:child_process";

/** Something that is wrong with a zone. */
export interface SceneProblem {
  /** As the scene tree shows it, from the root on; empty when it is about no node. */
  readonly nodePath: string;
  readonly reason: string;
}

/** What came of a bake: the line about what was written, or what was wrong. */
export type BakeResult = { ok: true; written: string } | { ok: false; problems: readonly SceneProblem[] };

/**
 * Bakes one scene in a Godot of its own without a window, as `npm run bake` does: what is written is the same to the byte, and the editor goes on.
 * Never rejects: an engine that cannot be started is a problem, too.
 * @param engine path of the engine's program
 * @param project folder of the project
 * @param scene res:// path, as it is saved
 */
export function bakeScene(engine: string, project: string, scene: string): Promise<BakeResult> {
  const args = ["--headless", "--path", project, "res://tools/bake/bake.tscn", "--", "--scene", scene];
  return new Promise((resolve) => {
    const child = spawn(engine, args, { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
    let [said, complained] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complained += text;
    });
    child.on("error", ({ message }) => {
      resolve({ ok: false, problems: [{ nodePath: "", reason: `Godot cannot be started: ${message}` }] });
    });
    child.on("close", (code) => resolve(readBakeOutput(`${said}\n${complained}`, scene, code)));
  });
}

/** Reads what the bake of one scene printed before it exited with `code`. */
export function readBakeOutput(output: string, scene: string, code: number | null): BakeResult {
  const start = `${scene}: `;
  const said = output
    .split("\n")
    .map((line) => line.trim().replace(/^ERROR: /u, ""))
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length));
  const [written] = said;
  if (code === 0 && written !== undefined) return { ok: true, written };
  const problems = said.flatMap((line) => {
    const end = line.indexOf(": ");
    return end < 0 ? [] : [{ nodePath: line.slice(0, end), reason: line.slice(end + 2) }];
  });
  if (problems.length > 0) return { ok: false, problems };
  const last = output.trim().split("\n").slice(-8).join("\n");
  return {
    ok: false,
    problems: [{ nodePath: "", reason: `expected the bake to end with 0; it ended with ${code}, and said:\n${last}` }],
  };
}
