import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Input, Node } from "godot";
import type { GameClient } from "../../client/game-client.ts";
import { makeFolders } from "../../client/make-folder.ts";
import PointOfInterest from "../zone/point-of-interest.ts";
import { Photographer } from "./photographer.ts";
import { type AutopilotReport, makeReport } from "./report.ts";
import { RouteSteering, turnTo, type Waypoint } from "./steering.ts";

/** Longest wait for the world before the run is given up. */
const JOIN_SECONDS = 30;
/** The run begins and ends standing: first to look around, at last for the picture. */
const LOOK_SECONDS = 1.6;
/** A longer frame was a stall, such as loading. */
const LONGEST_FRAME_SECONDS = 1;
/** Shares of the run at which pictures are taken. */
const PICTURES = [
  { share: 0.06, name: "arrival" },
  { share: 0.3, name: "path" },
  { share: 0.52, name: "village" },
  { share: 0.74, name: "harbour" },
  { share: 0.96, name: "view" },
] as const;

/** What the autopilot needs from the game around it. */
export interface AutopilotRun {
  client: GameClient;
  seconds: number;
  screenshotFolder: string | undefined;
  reportFile: string | undefined;
  /** The zone scene, whose places are walked to in their order. */
  zone: Node;
  finish(report: AutopilotReport): void;
}

/** Plays by pressing the same actions as a player: walks from place to place, looks, takes pictures, reports. */
export default class Autopilot extends Node {
  #run: AutopilotRun | undefined;
  #route: RouteSteering | undefined;
  #places: Waypoint[] = [];
  #photographer = new Photographer(undefined);
  #lastMs: number | undefined;
  #waited = 0;
  #played = 0;
  #frames = 0;
  #picture = 0;
  #zoneName = "";
  #photoProblem: string | undefined;
  #done = false;

  start(run: AutopilotRun): void {
    this.#run = run;
    this.#photographer = new Photographer(run.screenshotFolder);
    this.#places = placesUnder(run.zone);
    this.#route = new RouteSteering(this.#places);
  }

  get running(): boolean {
    return this.#run !== undefined && !this.#done;
  }

  /** One frame, before the input is sampled. `nowMs` is the wall clock: the server's time does not follow the engine's. */
  drive(nowMs: number): void {
    const run = this.#run;
    if (run === undefined || this.#done) return;
    const seconds = Math.min(LONGEST_FRAME_SECONDS, Math.max(0, nowMs - (this.#lastMs ?? nowMs)) / 1000);
    this.#lastMs = nowMs;
    const { state } = run.client.connection;
    if (state.kind === "rejected") {
      this.#finish(run, `refused: ${state.reasonCode}: ${state.detail}`);
      return;
    }
    if (state.kind !== "playing" || !run.client.own.present) {
      this.#release();
      this.#waited += seconds;
      if (this.#waited > JOIN_SECONDS) this.#finish(run, `the world was not reached within ${JOIN_SECONDS} s`);
      return;
    }
    // Who loses the world on the way may wait as long again.
    this.#waited = 0;
    this.#zoneName = state.zone;
    this.#played += seconds;
    this.#frames += 1;
    this.#move(run, seconds);
    this.#takePictures(run);
    if (this.#played >= run.seconds) this.#finish(run, undefined);
  }

  #move(run: AutopilotRun, seconds: number): void {
    const { x, z, yawRadians, speed } = run.client.own;
    const standing = this.#played < LOOK_SECONDS || this.#played > run.seconds - LOOK_SECONDS;
    const landmark = this.#places.at(-1);
    if (standing || this.#route === undefined) {
      const turn =
        this.#played < LOOK_SECONDS || landmark === undefined ? 0 : turnTo(yawRadians, x, z, landmark.x, landmark.z);
      this.#press(0, turn, false, false);
      return;
    }
    const { forward, turn, sprint, jump } = this.#route.steer(x, z, yawRadians, speed, seconds);
    this.#press(forward, turn, sprint, jump);
  }

  #press(forward: number, turn: number, sprint: boolean, jump: boolean): void {
    hold("move_forward", forward);
    hold("look_left", Math.max(0, turn));
    hold("look_right", Math.max(0, -turn));
    hold("sprint", sprint ? 1 : 0);
    hold("jump", jump ? 1 : 0);
  }

  #release(): void {
    this.#press(0, 0, false, false);
  }

  #takePictures(run: AutopilotRun): void {
    const next = PICTURES[this.#picture];
    if (next === undefined || this.#played < next.share * run.seconds) return;
    this.#picture += 1;
    this.#photographer.take(this, next.name).catch((error: unknown) => {
      this.#photoProblem = error instanceof Error ? error.message : String(error);
    });
  }

  #finish(run: AutopilotRun, problem: string | undefined): void {
    this.#done = true;
    this.#release();
    const report = makeReport(run.client.telemetry, {
      zone: this.#zoneName,
      fps: this.#played > 0 ? this.#frames / this.#played : 0,
      screenshots: this.#photographer.taken,
      problem: problem ?? this.#photoProblem,
    });
    if (run.reportFile !== undefined) {
      makeFolders(dirname(run.reportFile));
      writeFileSync(run.reportFile, `${JSON.stringify(report)}\n`);
    }
    run.finish(report);
  }
}

function hold(action: string, strength: number): void {
  if (strength > 0) Input.action_press(action, strength);
  else if (Input.is_action_pressed(action)) Input.action_release(action);
}

function placesUnder(node: Node): Waypoint[] {
  const places: Waypoint[] = [];
  for (const child of node.get_children()) {
    if (child instanceof PointOfInterest) places.push({ x: child.global_position.x, z: child.global_position.z });
    else places.push(...placesUnder(child));
  }
  return places;
}
