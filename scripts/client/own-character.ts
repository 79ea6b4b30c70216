import { Button, type Input, type InputCommand, type OwnReport } from "../protocol/messages.ts";
import { animationOf } from "../simulation/animation.ts";
import type { CollisionWorld } from "../simulation/collision/collision-world.ts";
import { TICK_RATE_HZ } from "../simulation/constants.ts";
import { createMoveState, readOwnState } from "../simulation/move-state.ts";
import { FrameTicker } from "./frame-ticker.ts";
import { InputLead, SERVER_BANK_TICKS } from "./input-lead.ts";
import type { InputSample } from "./input-sample.ts";
import { InputSampler } from "./input-sampler.ts";
import { copiesFor, type InputLink, InputSender } from "./input-sender.ts";
import { createOwnView, type OwnView } from "./own-view.ts";
import { MAX_COMMANDS_IN_FLIGHT, Prediction } from "./prediction.ts";
import type { Telemetry } from "./telemetry.ts";
import type { TelemetryHistory } from "./telemetry-history.ts";
import { TravelledDistance } from "./travelled-distance.ts";
import { TELEPORT_METERS, VisualError } from "./visual-error.ts";

/** Ticks by which the first command is numbered ahead of the tick in which it arrives. */
const LEAD_TICKS = 2;
/** Silence that is more likely a burst of lost snapshots, while the server hears us well: 100 ms more. */
const SPARE_SILENT_TICKS = 6;
/** Commands that may be unanswered beyond a round trip while the server is heard: those that its bank covers, twice. */
const UNANSWERED_TICKS = 2 * SERVER_BANK_TICKS;
/** Numbering starts no higher, whatever tick a server claims: above it lie two years of play before the wire's 32 bits end. */
const MAX_FIRST_TICK = 2 ** 31;

/** The player's own character: input becomes commands, commands move it at once, snapshots correct it, frames show it. */
export class OwnCharacter {
  readonly #telemetry: Telemetry;
  readonly #history: TelemetryHistory;
  readonly #sampler = new InputSampler();
  readonly #ticker = new FrameTicker(TICK_RATE_HZ);
  readonly #lead = new InputLead();
  readonly #sender = new InputSender();
  readonly #error = new VisualError();
  readonly #distance = new TravelledDistance();
  readonly #view = createOwnView();
  readonly #server = createMoveState();
  readonly #ahead = createMoveState();
  readonly #command: InputCommand = { tick: 0, moveX: 0, moveZ: 0, yaw: 0, pitch: 0, buttons: 0 };
  #world: CollisionWorld | undefined;
  #prediction: Prediction | undefined;
  #serverTick = 0;
  #ackInputTick = 0;
  #unread = false;
  #dashes = false;
  #dead = false;
  #rttTicks = 0;
  /** Ticks since the server was last heard: those in which commands were given, and those left out. */
  #silentTicks = 0;
  #leftOutTicks = 0;
  /** Whether the last tick was left out. */
  #waits = false;

  constructor(telemetry: Telemetry, history: TelemetryHistory) {
    this.#telemetry = telemetry;
    this.#history = history;
  }

  get view(): OwnView {
    return this.#view;
  }

  /** A world to walk in; the character stands in it as soon as a snapshot says where. */
  enter(world: CollisionWorld, entityId: number): void {
    this.leave();
    this.#world = world;
    this.#view.entityId = entityId;
  }

  leave(): void {
    this.#world = undefined;
    this.#prediction = undefined;
    this.#unread = false;
    this.#waits = false;
    this.#dashes = false;
    this.#dead = false;
    this.#silentTicks = 0;
    this.#leftOutTicks = 0;
    this.#serverTick = 0;
    this.#view.present = false;
    this.#error.clear();
    this.#lead.reset();
    this.#sender.reset();
    this.#ticker.reset();
    this.#distance.restart();
    this.#telemetry.commandsInFlight = 0;
  }

  /** Takes in this frame's input. The view turns at once. */
  look(sample: InputSample): void {
    this.#sampler.look(sample);
    this.#view.yawRadians = sample.yawRadians;
    this.#view.pitchRadians = sample.pitchRadians;
  }

  /** Takes in a snapshot newer than the last one; it has its effect in `reconcile`. */
  addSnapshot(snapshot: Readonly<OwnReport>): void {
    readOwnState(snapshot.own, this.#server);
    this.#serverTick = snapshot.serverTick;
    this.#ackInputTick = snapshot.ackInputTick;
    this.#unread = true;
    const { serverTick, ackInputTick } = snapshot;
    this.#lead.addServerBuffer(snapshot.inputBufferTicks, serverTick, ackInputTick, this.#rttTicks);
    this.#telemetry.serverBufferTicks = snapshot.inputBufferTicks;
    this.#distance.add(snapshot.serverTick, this.#server.x, this.#server.z, TICK_RATE_HZ);
    this.#telemetry.distanceMeters = this.#distance.meters;
    this.#view.serverX = this.#server.x;
    this.#view.serverY = this.#server.y;
    this.#view.serverZ = this.#server.z;
  }

  /**
   * Holds the newest snapshot, if there is one, against what was predicted. `serverTick` is the tick that the server runs now: the first
   * command is numbered after the one that it will run when a packet that leaves now arrives.
   */
  reconcile(serverTick: number, rttTicks: number): void {
    if (!this.#unread || this.#world === undefined) return;
    this.#unread = false;
    this.#endSilence(serverTick);
    const prediction = this.#prediction;
    if (prediction === undefined) {
      const wantedTick = Math.max(Math.ceil(serverTick + rttTicks / 2) + LEAD_TICKS, this.#ackInputTick + 1, 1);
      const firstTick = Math.min(wantedTick, MAX_FIRST_TICK);
      this.#prediction = new Prediction(this.#world, this.#server, firstTick);
      this.#view.present = true;
      return;
    }
    const result = prediction.reconcile(this.#ackInputTick, this.#server);
    if (result === "pushed") this.#telemetry.pushes += 1;
    if (result === "pushed" || result === "corrected") this.#onCorrected(prediction);
  }

  /** Whether the packets that leave ask the server to tell everything anew. */
  askForKeyframe(needed: boolean): void {
    this.#sender.keyframeNeeded = needed;
  }

  /** Runs the ticks of a frame, handing out the packets to send, then fills the view. */
  advance(frameMs: number, link: InputLink, send: (input: Input) => void): void {
    this.#rttTicks = link.rttTicks;
    const prediction = this.#prediction;
    if (prediction === undefined) return;
    const telemetry = this.#telemetry;
    const due = this.#ticker.advance(frameMs, this.#lead.timeScale);
    this.#lead.addFrame(due);
    for (let i = 0; i < due; i += 1) {
      this.#tick(prediction, link);
      this.#sender.afterTick(prediction, this.#serverTick, link, send);
    }
    this.#sender.afterFrame(due, prediction, this.#serverTick, link, send);
    telemetry.ticksSkipped += this.#ticker.takeSkippedTicks();
    telemetry.commandsInFlight = prediction.commandsInFlight;
    telemetry.timeScale = this.#lead.timeScale;
    telemetry.serverBufferGoalTicks = this.#lead.goalTicks;
    telemetry.inputCopies = copiesFor(link);
    this.#error.decay(frameMs);
    this.#draw(prediction);
  }

  /** Share of the coming tick that has passed. */
  get tickFraction(): number {
    return this.#ticker.alpha;
  }

  /** The next command dashes; and, while it is dead, the character wishes for nothing. */
  fight(dashes: boolean, dead: boolean): void {
    if (dashes) this.#dashes = true;
    this.#dead = dead;
  }

  /** Number of the newest command; 0 before the first. */
  get newestTick(): number {
    return this.#prediction?.newestTick ?? 0;
  }

  /** The server is heard. */
  #endSilence(serverTick: number): void {
    if (this.#silentTicks > SERVER_BANK_TICKS) this.#lead.afterSilence(this.#leftOutTicks, serverTick, this.#rttTicks);
    this.#silentTicks = 0;
    this.#leftOutTicks = 0;
  }

  #tick(prediction: Prediction, link: InputLink): void {
    const silent = this.#silentTicks >= mostSilent(link);
    this.#waits = this.#lead.holds() || silent || prediction.commandsInFlight >= mostInFlight(link);
    if (this.#waits) {
      this.#leftOutTicks += 1;
      this.#lead.leaveOut();
      this.#telemetry.ticksSkipped += 1;
      this.#telemetry.ticksWaited += 1;
      return;
    }
    this.#sampler.take(prediction.newestTick + 1, this.#command);
    if (this.#dashes) this.#command.buttons |= Button.dash;
    this.#dashes = false;
    if (this.#dead) hold(this.#command);
    prediction.step(this.#command);
    this.#lead.give(this.#command.tick);
    this.#silentTicks += 1;
    this.#telemetry.ticks += 1;
  }

  #onCorrected(prediction: Prediction): void {
    const telemetry = this.#telemetry;
    const { x, y, z } = prediction.correction;
    telemetry.corrections += 1;
    telemetry.replayedTicks += prediction.replayedTicks;
    if (this.#error.add(-x, -y, -z)) {
      const millimeters = Math.sqrt(x * x + y * y + z * z) * 1000;
      telemetry.maxCorrectionMm = Math.max(telemetry.maxCorrectionMm, millimeters);
      this.#history.addCorrection(millimeters);
    } else {
      telemetry.teleports += 1;
    }
  }

  /**
   * Between two ticks the character is drawn on the way to where the coming tick will take it with the input of this frame:
   * what the player does is seen in the same frame, not a tick later. While ticks are left out it stays where the last one would have taken it.
   */
  #draw(prediction: Prediction): void {
    const { state } = prediction;
    const ahead = this.#ahead;
    const view = this.#view;
    this.#sampler.peek(prediction.newestTick + 1, this.#command);
    if (this.#dead) hold(this.#command);
    prediction.peek(this.#command, ahead);
    // A fall out of the world ends at a spawn: nobody is drawn on the way there.
    const walks = Math.abs(ahead.x - state.x) + Math.abs(ahead.z - state.z) < TELEPORT_METERS;
    const alpha = !walks ? 0 : this.#waits ? 1 : this.#ticker.alpha;
    view.x = state.x + (ahead.x - state.x) * alpha + this.#error.x;
    view.y = state.y + (ahead.y - state.y) * alpha + this.#error.y;
    view.z = state.z + (ahead.z - state.z) * alpha + this.#error.z;
    view.vx = state.vx + (ahead.vx - state.vx) * alpha;
    view.vy = state.vy + (ahead.vy - state.vy) * alpha;
    view.vz = state.vz + (ahead.vz - state.vz) * alpha;
    view.speed = Math.sqrt(view.vx * view.vx + view.vz * view.vz);
    view.grounded = ahead.grounded;
    view.animation = animationOf(ahead);
    view.errorMeters = this.#error.lengthMeters;
  }
}

/** As the server does with whom it knows to be dead. */
function hold(command: InputCommand): void {
  command.moveX = 0;
  command.moveZ = 0;
  command.buttons = 0;
}

/**
 * Ticks for which commands are given though nothing is heard. Much more than the server can make up for are not: in a long hole of the
 * network the character waits, instead of being pulled back afterwards or being late for a long time.
 */
function mostSilent({ snapshotTicks }: InputLink): number {
  return SERVER_BANK_TICKS + SPARE_SILENT_TICKS + Math.max(snapshotTicks, 1);
}

/** Commands that may be unanswered while the server is heard, as when it does not hear us. */
function mostInFlight({ rttTicks, snapshotTicks }: InputLink): number {
  return Math.min(Math.ceil(rttTicks + snapshotTicks) + UNANSWERED_TICKS, MAX_COMMANDS_IN_FLIGHT);
}
