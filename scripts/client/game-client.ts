import type { Capability } from "../protocol/capability.ts";
import type { MessageLog } from "../protocol/message-log/message-log.ts";
import type {
  Action,
  ActionResult,
  HelloAck,
  Input,
  OwnReport,
  Presence,
  Snapshot,
  SnapshotDelta,
} from "../protocol/messages.ts";
import type { MessageMeter } from "../protocol/metering/message-meter.ts";
import type { SnapshotError } from "../protocol/snapshot-codec/snapshot-error.ts";
import type { CombatData } from "../simulation/combat/data/combat-data.ts";
import { TICK_RATE_HZ } from "../simulation/constants.ts";
import type { Zone } from "../simulation/zone-file.ts";
import type { Transport } from "../transport/transport.ts";
import { type ActionMoment, type ActionNews, Actions } from "./actions.ts";
import { CombatClient, type CombatFrame, type CombatSender } from "./combat/combat-client.ts";
import type { CombatIntent } from "./combat/combat-intent.ts";
import type { CombatView } from "./combat/view/combat-view.ts";
import { ConnectionStatus } from "./connection-status.ts";
import type { ConnectionView } from "./connection-view.ts";
import { FrameTime } from "./frame-time.ts";
import type { InputSample } from "./input-sample.ts";
import type { InputLink } from "./input-sender.ts";
import { OwnCharacter } from "./own-character.ts";
import type { OwnView } from "./own-view.ts";
import type { RemoteEntities } from "./remote-entities.ts";
import { RemotePlayback } from "./remote-playback.ts";
import { ServerClock } from "./server-clock.ts";
import { Session, type SessionListener, type Target } from "./session.ts";
import { aimStrike } from "./strike-aim.ts";
import { createTelemetry, type Telemetry } from "./telemetry.ts";
import { TelemetryHistory } from "./telemetry-history.ts";
import { SWEEP_TICKS, VisibleWorld } from "./visible-world.ts";
import { type DecodeZone, ZoneLoader } from "./zone-loader.ts";

/** What loss and reordering bring about by themselves. */
const EXPECTED_REFUSALS: readonly SnapshotError[] = ["stale", "bad_number", "unknown_baseline"];

export interface GameClientOptions {
  /** Used by this client alone, and disposed of with it. */
  transport: Transport;
  /** Reads the baked zone file of a name that a server sent. What it throws is shown as the reason. */
  loadZone: (zone: string) => Uint8Array | Promise<Uint8Array>;
  /** Makes a zone of these bytes; many clients of one process can share what it makes. The baked format, when absent. */
  decodeZone?: DecodeZone;
  /** Uniform in [0, 1), for the jitter of reconnects. */
  random: () => number;
  /** For people who read server logs, such as "darkages/0.1.0 linux"; at most 64 characters. */
  clientBuild: string;
  /** What to offer a server; without it, all that this client can do. */
  capabilities?: readonly Capability[];
  /** Minor version to speak, up to this code's own, which is what is spoken without it. */
  protocolMinor?: number;
  /** What it runs on, such as "linux" or "headless": 0 to 16 of a-z, 0-9, "_". Operators roll features out by it. */
  platform?: string;
  /** Is told every message, to be read by a person who looks for a fault. */
  messageLog?: MessageLog;
  /** Counts messages and bytes by type, all in the cohort `NEWCOMER_COHORT`. */
  meter?: MessageMeter;
  /** What is fought by, as the server has it; without it, there is nothing to be seen of fights. */
  combat?: CombatData;
  /**
   * false: `remotes` stays empty. What is said of the others is acknowledged, which is all that the server notices of it; of differences not even
   * the content is read. For many clients on one machine.
   */
  followsOthers?: boolean;
  /** One line for people who look for the cause of something; at most a few per second, whatever comes in. */
  log?: (line: string) => void;
}

/**
 * One player's connection to a world, without an engine: session, prediction, the others, counters. Call `update` once per
 * rendered frame at any rate, then draw what `own` and `remotes` say. Nothing here throws because of what a server sends, and
 * no object is made per frame while playing.
 */
export class GameClient {
  readonly telemetry: Telemetry = createTelemetry();
  /** The last minute of it. */
  readonly history = new TelemetryHistory();
  readonly #transport: Transport;
  readonly #time = new FrameTime();
  readonly #status = new ConnectionStatus();
  readonly #clock = new ServerClock(TICK_RATE_HZ);
  readonly #own = new OwnCharacter(this.telemetry, this.history);
  readonly #followsOthers: boolean;
  readonly #remotes: RemotePlayback;
  readonly #session: Session;
  readonly #zones: ZoneLoader;
  readonly #sendInput: (input: Input) => void;
  readonly #actions = new Actions();
  readonly #moment: { -readonly [Key in keyof ActionMoment]: ActionMoment[Key] } = {
    nowMs: 0,
    newestTick: 0,
    viewTick: 0,
  };
  readonly #sendAction: (action: Action) => void;
  readonly #combat: CombatClient;
  readonly #fight: CombatFrame = {
    ...{ nowMs: 0, newestTick: 0, tickFraction: 0, serverTick: 0, viewTick: 0, moving: false },
  };
  readonly #visible = new VisibleWorld();
  readonly #link: { -readonly [Key in keyof InputLink]: InputLink[Key] };
  #entityId = 0;
  /** Tick of the newest snapshot of this session; -1 before the first. */
  #snapshotTick = -1;
  #snapshotArrived = false;
  /** Pings sent before this time may have waited in a stall: their round trip says nothing. No whole number: the first stall would make another class of this one. */
  #pingsCountFromMs = Number.NEGATIVE_INFINITY;
  #worldEnded = false;
  #disposed = false;

  constructor(options: GameClientOptions) {
    this.#transport = options.transport;
    this.#followsOthers = options.followsOthers ?? true;
    this.#remotes = new RemotePlayback(this.#clock, this.telemetry, this.#followsOthers);
    this.#zones = new ZoneLoader(options.loadZone, options.decodeZone);
    const listener: SessionListener = {
      onWelcome: (welcome) => this.#onWelcome(welcome),
      onSnapshot: (snapshot) => this.#onSnapshot(snapshot),
      onSnapshotDelta: (delta) => this.#onSnapshotDelta(delta),
      onPresence: (presence: Presence) => this.#remotes.addPresence(presence),
      onActionResult: (result) => this.#onActionResult(result),
      onActionEvent: (event) => this.#actions.addEvent(event),
      onCombat: (name, messages) => this.#combat.receive(name, messages),
      onPong: (sentAtMs) => this.#onPong(sentAtMs),
      onEnded: () => this.#onEnded(),
    };
    this.#session = new Session({
      transport: options.transport,
      status: this.#status,
      telemetry: this.telemetry,
      listener,
      random: options.random,
      clientBuild: options.clientBuild,
      ...(options.capabilities && { capabilities: options.capabilities }),
      ...(options.protocolMinor !== undefined && { protocolMinor: options.protocolMinor }),
      ...(options.platform !== undefined && { platform: options.platform }),
      ...(options.messageLog && { messageLog: options.messageLog }),
      ...(options.meter && { meter: options.meter }),
      log: options.log ?? (() => {}),
    });
    this.#link = { rttTicks: 0, snapshotTicks: 0, uplink: this.#session.uplink };
    this.#sendInput = (input) => this.#session.sendInput(input);
    this.#sendAction = (action) => this.#session.sendAction(action);
    const sender: CombatSender = {
      use: (use) => this.#session.sendCombat("abilityUse", use),
      command: (command) => this.#session.sendCombat("combatCommand", command),
    };
    const { entities } = this.#remotes;
    this.#combat = new CombatClient(options.combat, this.#own.view, entities, sender, this.#remotes, options.log);
  }

  get connection(): ConnectionView {
    return this.#status;
  }

  get own(): OwnView {
    return this.#own.view;
  }

  get remotes(): RemoteEntities {
    return this.#remotes.entities;
  }

  /** What happened in the last `update` about strikes, one's own and those of others. */
  get actionNews(): readonly ActionNews[] {
    return this.#actions.news;
  }

  /** The zone that is played in; `undefined` until it is loaded. */
  get zone(): Zone | undefined {
    const { outcome } = this.#zones;
    return outcome.kind === "ready" ? outcome.zone : undefined;
  }

  /** Everything of a fight that an interface shows. */
  get combat(): CombatView {
    return this.#combat;
  }

  /** What the player wants of a fight; takes effect in the next `update`. */
  act(intent: CombatIntent): void {
    if (!this.#disposed) this.#combat.act(intent);
  }

  /** Calls a server, leaving another one first, and keeps trying until it is refused for good or told to `disconnect`. */
  connect(target: Target): void {
    if (this.#disposed) throw new Error("connect: this client is disposed of; make another one");
    this.#session.connect(target);
    this.#combat.enter(target.name);
    this.#transport.flush();
  }

  /** Says goodbye and ends in `left`. Does nothing when there is nothing to leave. */
  disconnect(): void {
    if (this.#disposed) return;
    this.#session.leave();
    this.#transport.flush();
  }

  /** One frame. `nowMs` is any steady clock in milliseconds; steps back and long gaps are survived. */
  update(nowMs: number, input: InputSample): void {
    if (this.#disposed) return;
    this.#advanceTime(nowMs);
    const time = this.#time;
    this.#own.look(input);
    this.#remotes.beginFrame();
    this.#actions.beginFrame();
    this.#combat.beginFrame();
    if (input.strike) this.#strike();
    this.#snapshotArrived = false;
    this.#session.advance(time.nowMs);
    if (this.#worldEnded) this.#clearWorld();
    if (this.#snapshotArrived) this.#addArrival();
    this.#enterWorldWhenLoaded();
    this.#own.reconcile(this.#clock.serverTick(time.nowMs), this.#clock.rttTicks);
    this.#own.askForKeyframe(this.#visible.keyframeNeeded);
    this.#advanceFight(input);
    this.#own.advance(time.frameMs, this.#describeLink(), this.#sendInput);
    this.#actions.advance(this.#describeMoment(), this.#sendAction);
    this.#remotes.advance(time.nowMs, time.frameMs);
    this.#note();
    this.#transport.flush();
  }

  /** Leaves, then frees the transport. Safe to call twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.disconnect();
    this.#disposed = true;
    this.#transport.dispose();
  }

  #advanceFight(input: InputSample): void {
    const fight = this.#fight;
    fight.nowMs = this.#time.nowMs;
    fight.newestTick = this.#own.newestTick;
    fight.tickFraction = this.#own.tickFraction;
    fight.serverTick = this.#clock.serverTick(this.#time.nowMs);
    fight.viewTick = this.#remotes.tick;
    fight.moving = input.moveX !== 0 || input.moveZ !== 0;
    this.#combat.advance(fight, this.zone);
    this.#own.fight(this.#combat.dashes, this.#combat.dead);
  }

  /** What the sender of input needs to know of the link; one object, refilled. */
  #describeLink(): InputLink {
    const { rttTicks, latenessMs, jitterMs, snapshotTicks } = this.#clock;
    const spreadTicks = ((latenessMs + 2 * jitterMs) * TICK_RATE_HZ) / 1000;
    this.#link.rttTicks = rttTicks + spreadTicks;
    this.#link.snapshotTicks = snapshotTicks;
    return this.#link;
  }

  /** At whom it reaches, as everybody was drawn when the key was pressed. */
  #strike(): void {
    if (!this.#own.view.present) return;
    const target = aimStrike(this.#own.view, this.#remotes.entities);
    this.#actions.strike(target, this.#describeMoment(), this.#session.takesActions);
  }

  /** One object, refilled. */
  #describeMoment(): ActionMoment {
    const moment = this.#moment;
    moment.nowMs = this.#time.nowMs;
    moment.newestTick = this.#own.newestTick;
    moment.viewTick = this.#remotes.tick;
    return moment;
  }

  #onActionResult(result: ActionResult): void {
    if (!this.#actions.addResult(result, this.#time.nowMs)) this.telemetry.unexpected += 1;
  }

  #note(): void {
    const { telemetry } = this;
    telemetry.jitterMs = this.#clock.jitterMs;
    telemetry.lossUp = this.#session.uplink.lossRate;
    telemetry.lossDown = this.#clock.snapshotLoss;
    telemetry.tickLead = this.#own.newestTick > 0 ? this.#own.newestTick - this.#clock.serverTick(this.#time.nowMs) : 0;
    this.history.advance(this.#time.nowMs, telemetry);
  }

  #advanceTime(nowMs: number): void {
    const time = this.#time;
    const stalls = time.stalls;
    time.advance(nowMs);
    this.telemetry.clockBackwards = time.backwards;
    if (time.stalls === stalls) return;
    this.#clock.resync();
    this.#pingsCountFromMs = time.nowMs;
  }

  #onWelcome(welcome: HelloAck): void {
    if (welcome.tickRateHz !== TICK_RATE_HZ) {
      const detail = `expected ${TICK_RATE_HZ} ticks per second, the server runs ${welcome.tickRateHz}`;
      this.#session.refuse("version_mismatch", detail);
      return;
    }
    this.#entityId = welcome.entityId;
    this.#clock.reset();
    this.#snapshotTick = -1;
    this.#visible.leave();
    this.#zones.start(welcome.zone, welcome.worldHash);
  }

  #enterWorldWhenLoaded(): void {
    const state = this.#status.state;
    if (state.kind !== "loading") return;
    const { outcome } = this.#zones;
    if (outcome.kind === "ready") {
      this.#own.enter(outcome.zone.world, this.#entityId);
      this.#session.startPlaying(state.zone, this.#entityId);
    } else if (outcome.kind === "wrong_world") {
      this.#session.refuse("world_mismatch", outcome.detail);
    }
  }

  #onSnapshot(snapshot: Snapshot): void {
    if (snapshot.serverTick <= this.#snapshotTick) {
      this.telemetry.stale += 1;
      return;
    }
    this.#onNewest(snapshot);
    this.#remotes.addSnapshot(snapshot, this.#entityId);
  }

  /** One packet of perhaps several of its snapshot. What it says of the others is of use in any order. */
  #onSnapshotDelta(delta: SnapshotDelta): void {
    if (delta.serverTick > this.#snapshotTick) {
      this.#onNewest(delta);
      this.#remotes.adapt();
    }
    const { outcome } = this.#zones;
    if (outcome.kind !== "ready" || !this.#followsOthers) return;
    this.#visible.enter(outcome.zone.world);
    const update = this.#visible.decode(delta.entities);
    if (update === undefined) this.#onUnreadable();
    else {
      this.#remotes.addUpdate(update, this.#entityId);
      if (this.#visible.sweepDue(update.tick)) this.#remotes.keepOnly(this.#visible.visible, update.tick, SWEEP_TICKS);
    }
  }

  /** What is refused for lack of a state, or for its age, is mended by a keyframe; anything else is a fault. */
  #onUnreadable(): void {
    this.telemetry.refusedDifferences += 1;
    const { error, detail } = this.#visible;
    if (error !== "" && !EXPECTED_REFUSALS.includes(error)) this.#session.reportTrouble(true, `${error}: ${detail}`);
  }

  #onNewest(report: OwnReport): void {
    this.#snapshotTick = report.serverTick;
    this.#snapshotArrived = true;
    this.#clock.addSnapshot(report.serverTick);
    this.telemetry.snapshotTick = report.serverTick;
    this.telemetry.snapshotTicks = this.#clock.snapshotTicks;
    this.telemetry.snapshotsReceived += 1;
    this.#own.addSnapshot(report);
  }

  #addArrival(): void {
    const { nowMs } = this.#time;
    this.#clock.addArrival(nowMs, this.#snapshotTick);
    const lateTicks = this.#clock.arrivingTick(nowMs) - this.#snapshotTick;
    this.telemetry.snapshotLateMs = (Math.max(lateTicks, 0) / TICK_RATE_HZ) * 1000;
  }

  #onPong(sentAtMs: number): void {
    const { nowMs } = this.#time;
    if (sentAtMs < this.#pingsCountFromMs) return;
    this.#clock.addRoundTrip(nowMs - sentAtMs);
    this.telemetry.rttMs = this.#clock.rttMs;
    this.telemetry.linkRttMs = this.#session.linkRttMs();
  }

  /** The others leave in the next `update`, so that their owner is told. */
  #onEnded(): void {
    this.#worldEnded = true;
    this.#actions.clear();
    this.#combat.clear();
    this.#visible.leave();
    this.#own.leave();
  }

  #clearWorld(): void {
    this.#worldEnded = false;
    this.#remotes.clear();
    this.#clock.reset();
    this.telemetry.rttMs = -1;
    this.telemetry.linkRttMs = -1;
    this.telemetry.snapshotTick = -1;
  }
}
