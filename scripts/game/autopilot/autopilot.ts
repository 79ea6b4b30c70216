import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Exports, Input, InputEventAction, Node } from "godot";
import type { CombatIntent } from "../../client/combat/combat-intent.ts";
import { FightCount } from "../../client/combat/fight-count.ts";
import { FightPilot, type FightWish } from "../../client/combat/fight-pilot.ts";
import type { GameClient } from "../../client/game-client.ts";
import { makeFolders } from "../../client/make-folder.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import CreatureCamp from "../zone/creature-camp.ts";
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
/** Creatures that are nearer are fought. */
const NOTICE_METERS = 30;
/** Turned away by more than this, it turns before it walks: share of the fullest turn. */
const ABOUT_TURN = 0.9;
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
  /** The zone scene, whose places are walked to in their order, with fights first where there are any. */
  zone: Node;
  /** What is fought by; without it, it does not fight. */
  combat: CombatData | undefined;
  finish(report: AutopilotReport): void;
}

/** Plays by pressing the same actions as a player: walks from place to place, fights, looks, takes pictures, reports. */
export default class Autopilot extends Node {
  static exports = {
    fights_players: { type: "bool", description: "Other players are fought, too, not only creatures" },
  } satisfies Exports;

  fights_players = false;
  #run: AutopilotRun | undefined;
  #route: RouteSteering | undefined;
  #pilot: FightPilot | undefined;
  #count = new FightCount();
  #places: Waypoint[] = [];
  #photographer = new Photographer(undefined);
  #lastMs: number | undefined;
  #waited = 0;
  #played = 0;
  #frames = 0;
  #picture = 0;
  #firstBlow = false;
  #zoneName = "";
  #photoProblem: string | undefined;
  #done = false;

  start(run: AutopilotRun): void {
    this.#run = run;
    this.#photographer = new Photographer(run.screenshotFolder);
    this.#places = placesUnder(run.zone);
    this.#pilot = run.combat && new FightPilot(run.combat, { prey: "creatures", noticeMeters: NOTICE_METERS });
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
    this.#count.add(run.client.combat.events, run.client.own.entityId);
    const { combat, own, remotes } = run.client;
    const pilot = this.#pilot;
    if (pilot !== undefined) pilot.prey = this.fights_players ? "everybody" : "creatures";
    const wish = pilot?.decide(combat, own, remotes, seconds);
    if (wish?.busy === true) this.#fight(run, wish);
    else this.#move(run, seconds);
    this.#takePictures(run, wish?.busy === true);
    if (this.#played >= run.seconds) this.#finish(run, undefined);
  }

  #fight({ client }: AutopilotRun, { intent, lookX, lookZ, forward }: FightWish): void {
    if (intent !== undefined) this.#do(client, intent);
    if (client.combat.death.dead) {
      this.#release();
      return;
    }
    const { x, z, yawRadians } = client.own;
    const turn = turnTo(yawRadians, x, z, lookX, lookZ);
    this.#press(forward && Math.abs(turn) < ABOUT_TURN ? 1 : 0, turn, false, false);
  }

  /** By the keys for it. */
  #do(client: GameClient, intent: CombatIntent): void {
    if (intent.kind === "use") tap(`ability_${intent.slot}`);
    else if (intent.kind === "target") tap(client.combat.target.entityId === 0 ? "target_nearest" : "target_next");
    else client.act(intent);
  }

  #move(run: AutopilotRun, seconds: number): void {
    const { x, z, yawRadians, speed } = run.client.own;
    const fights = this.#pilot !== undefined && run.client.combat.inUse;
    this.#route ??= new RouteSteering(fights ? [...nearestCamp(run.zone, x, z), ...this.#places] : this.#places);
    const standing = this.#played < LOOK_SECONDS || this.#played > run.seconds - LOOK_SECONDS;
    const landmark = this.#places.at(-1);
    if (standing) {
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

  #takePictures(run: AutopilotRun, fighting: boolean): void {
    const { target } = run.client.combat;
    if (!this.#firstBlow && fighting && target.entityId !== 0 && target.health < target.maxHealth) {
      this.#firstBlow = true;
      this.#take("first-blow");
      return;
    }
    const next = PICTURES[this.#picture];
    if (next === undefined || this.#played < next.share * run.seconds) return;
    this.#picture += 1;
    this.#take(fighting ? "fight" : next.name);
  }

  #take(name: string): void {
    this.#photographer.take(this, name).catch((error: unknown) => {
      this.#photoProblem = error instanceof Error ? error.message : String(error);
    });
  }

  #finish(run: AutopilotRun, problem: string | undefined): void {
    this.#done = true;
    this.#release();
    const report = makeReport(run.client.telemetry, {
      zone: this.#zoneName,
      fight: this.#count,
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

/** A press and its release, as a key would do. */
function tap(action: string): void {
  for (const pressed of [true, false]) {
    const event = new InputEventAction();
    event.action = action;
    event.pressed = pressed;
    Input.parse_input_event(event);
  }
}

/** The camp that is the nearest, if there is one. */
function nearestCamp(zone: Node, x: number, z: number): Waypoint[] {
  const camps = campsUnder(zone);
  camps.sort((a, b) => Math.hypot(a.x - x, a.z - z) - Math.hypot(b.x - x, b.z - z));
  return camps.slice(0, 1);
}

function campsUnder(node: Node): Waypoint[] {
  return node.get_children().flatMap((child) => {
    if (!(child instanceof CreatureCamp)) return campsUnder(child);
    return child.enabled ? [{ x: child.global_position.x, z: child.global_position.z }] : [];
  });
}

function placesUnder(node: Node): Waypoint[] {
  const places: Waypoint[] = [];
  for (const child of node.get_children()) {
    if (child instanceof PointOfInterest) places.push({ x: child.global_position.x, z: child.global_position.z });
    else places.push(...placesUnder(child));
  }
  return places;
}
