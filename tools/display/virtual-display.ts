// A screen where there is none: Xvfb with software OpenGL. Its picture lies in a file, so that a screenshot needs nothing
// of the program that is shown, and works after it has crashed.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { encodePng } from "./png-image.ts";
import type { RgbImage } from "./rgb-image.ts";
import { decodeXwd } from "./xwd-image.ts";

const START_TIMEOUT_MS = 20_000;
/** Time that the display has to end by itself. */
const STOP_GRACE_MS = 3_000;

export interface VirtualDisplaySize {
  widthPixels: number;
  heightPixels: number;
}

/** A running display; `stop` it, or `await using` it. */
export interface VirtualDisplay extends AsyncDisposable {
  /** For DISPLAY, such as `:3`. */
  readonly name: string;
  /** The environment of this process, changed so that programs open their windows here and nowhere else. */
  readonly env: NodeJS.ProcessEnv;
  /** What is on the screen. */
  picture(): RgbImage;
  /** Writes what is on the screen as a PNG file; makes its folder. */
  screenshot(path: string): void;
  stop(): Promise<void>;
}

/**
 * Starts a display under a number that is free, reachable from this machine only.
 * @throws when Xvfb is missing or does not start; the message has what it said
 */
export async function startVirtualDisplay(
  size: VirtualDisplaySize = { widthPixels: 1280, heightPixels: 720 },
): Promise<VirtualDisplay> {
  const folder = mkdtempSync(join(tmpdir(), "darkages-display-"));
  const screen = `${size.widthPixels}x${size.heightPixels}x24`;
  const xvfbArguments = ["-displayfd", "3", "-screen", "0", screen, "-fbdir", folder, "+extension", "GLX"];
  xvfbArguments.push("-nolisten", "tcp", "-noreset");
  // setpriv: the display must not outlive this process, however it ends.
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", "Xvfb", ...xvfbArguments], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    const overdue = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
    await ended;
    clearTimeout(overdue);
    rmSync(folder, { recursive: true, force: true });
  };
  let number: string;
  try {
    number = await displayNumber(child);
  } catch (error) {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const name = `:${number}`;
  const picture = () => decodeXwd(readFileSync(join(folder, "Xvfb_screen0")));
  const { WAYLAND_DISPLAY: _wayland, XAUTHORITY: _authority, ...rest } = process.env;
  return {
    name,
    env: { ...rest, DISPLAY: name },
    picture,
    screenshot(path) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, encodePng(picture()));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Xvfb writes its number when it is ready for programs. */
function displayNumber(child: ChildProcess): Promise<string> {
  const numbers = child.stdio[3] as Readable;
  let said = "";
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`the virtual display did not start: ${reason}\n${complaint}`.trim()));
    const timer = setTimeout(() => fail(`nothing within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    numbers.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (!said.includes("\n")) return;
      clearTimeout(timer);
      resolve(said.trim());
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      fail(`${error.message}; Xvfb is Debian package xvfb`);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      fail(`Xvfb ended with ${signal ?? code}`);
    });
  });
}
