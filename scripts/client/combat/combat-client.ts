import {
  type AbilityResult,
  type AbilityUse,
  type CombatCommand,
  type CombatEvent,
  type CombatMessageName,
  type CombatMessages,
  type CombatSelf,
  POWER_OFFSET,
} from "../../protocol/combat/combat-messages.ts";
import { FighterState } from "../../protocol/combat/combat-words.ts";
import type { CombatData } from "../../simulation/combat/data/combat-data.ts";
import { PARTS_PER_POINT } from "../../simulation/combat/fighters.ts";
import type { Zone } from "../../simulation/zone-file.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { AbilityBar, type UseMoment } from "./ability-bar.ts";
import type { CombatIntent } from "./combat-intent.ts";
import { createSelf, fillAuras, type Mutable } from "./combat-parts.ts";
import { CombatTexts } from "./combat-texts.ts";
import { FightEvents } from "./fight-events.ts";
import { fillCast, forgetCast } from "./fill-cast.ts";
import { OtherFighters, type ToldHealth } from "./other-fighters.ts";
import { OwnDeath } from "./own-death.ts";
import { OwnParty } from "./own-party.ts";
import { abilityRefusalWords, commandRefusalWords } from "./refusal-words.ts";
import { TargetLock } from "./target-lock.ts";
import type { CombatView } from "./view/combat-view.ts";

/** Sends what a client says of a fight. */
export interface CombatSender {
  use(use: AbilityUse): void;
  command(command: CombatCommand): void;
}

/** What one frame brings. Reused by the owner. */
export interface CombatFrame {
  nowMs: number;
  /** Number of the newest command, and how far the next one is, 0 to 1. */
  newestTick: number;
  tickFraction: number;
  /** The server's tick now, and the one at which the others are drawn. */
  serverTick: number;
  viewTick: number;
  /** The player wishes to move. */
  moving: boolean;
}

/** Everything that a client knows of a fight: what the server said, what the player has just done, and what follows from it until the server says more. */
export class CombatClient implements CombatView {
  inUse = false;
  ownTick = 0;
  serverTick = 0;
  readonly self;
  readonly text: CombatTexts;
  readonly events = new FightEvents();
  notice = "";
  notices = 0;
  readonly #data: CombatData | undefined;
  readonly #bar: AbilityBar;
  readonly #own: OwnView;
  readonly #remotes: RemoteEntities;
  readonly #send: CombatSender;
  readonly nameplates: OtherFighters;
  readonly #target: TargetLock;
  readonly #party: OwnParty;
  readonly #death: OwnDeath;
  readonly #intents: CombatIntent[] = [];
  readonly #moment: Mutable<UseMoment> = {
    ...{ nowMs: 0, tick: 0, viewTick: 0, dead: false, moving: false, grounded: true },
  };
  readonly #log: (line: string) => void;
  #warnedOfRules = false;
  #nextCommandId = 1;
  /** Name of whom the player wished to invite or kick last. */
  #askedAbout = "";
  /** The next command is to dash. */
  dashes = false;

  constructor(
    data: CombatData | undefined,
    own: OwnView,
    remotes: RemoteEntities,
    send: CombatSender,
    told: ToldHealth,
    log: (line: string) => void = () => {},
  ) {
    this.#log = log;
    this.#data = data;
    this.nameplates = new OtherFighters(data, remotes, told);
    this.#own = own;
    this.#remotes = remotes;
    this.#send = send;
    this.#bar = new AbilityBar(data);
    this.self = createSelf(data?.basics.resourceName ?? "");
    this.text = new CombatTexts(data);
    this.#death = new OwnDeath(data, own, remotes);
    const { self, nameplates } = this;
    const death = this.#death.view;
    const tell = (entityId: number) => this.#command("target", entityId, 0);
    this.#target = new TargetLock({ data, own, self, death, remotes, nameplates, tell });
    this.#party = new OwnParty({ own, remotes, nameplates });
  }

  get target(): CombatView["target"] {
    return this.#target.view;
  }

  get party(): CombatView["party"] {
    return this.#party.view;
  }

  get death(): CombatView["death"] {
    return this.#death.view;
  }

  get data(): CombatData | undefined {
    return this.#data;
  }

  get bar(): CombatView["bar"] {
    return this.#bar.slots;
  }

  get globalCooldownStartTick(): number {
    return this.#bar.globalStart;
  }

  get globalCooldownEndTick(): number {
    return this.#bar.globalEnd;
  }

  /** Whether the character lies dead: it wishes for nothing. */
  get dead(): boolean {
    return this.death.dead;
  }

  act(intent: CombatIntent): void {
    this.#intents.push(intent);
  }

  /** What the player is called, as it said when it called the server. */
  enter(name: string): void {
    this.self.name = name;
    this.self.revision += 1;
  }

  beginFrame(): void {
    this.text.beginFrame();
    this.events.beginFrame();
    this.dashes = false;
  }

  /** A message of the family came. */
  receive<Name extends CombatMessageName>(name: Name, messages: CombatMessages): void {
    switch (name) {
      case "abilityResult":
        this.#addResult(messages.abilityResult);
        return;
      case "combatEvents":
        for (const event of messages.combatEvents.events) this.#addEvent(event, messages.combatEvents.serverTick);
        this.events.omitted += messages.combatEvents.omitted;
        return;
      case "combatSelf":
        this.#addSelf(messages.combatSelf);
        return;
      case "combatTarget":
        this.#target.add(messages.combatTarget);
        return;
      case "partyState":
        this.#party.add(messages.partyState);
        return;
      case "combatCommandResult": {
        const { kind, outcome } = messages.combatCommandResult;
        if (kind === "respawn") this.#death.ask(false);
        if (kind === "target") this.#target.answer(outcome === "done");
        if (outcome === "done") return;
        this.notice = commandRefusalWords(kind, outcome, kind === "invite" || kind === "kick" ? this.#askedAbout : "");
        this.notices += 1;
      }
    }
  }

  /** What the player wants, then everything that goes on by itself. `zone`: where one may come back. */
  advance(frame: Readonly<CombatFrame>, zone: Zone | undefined): void {
    this.ownTick = frame.newestTick + frame.tickFraction;
    this.serverTick = frame.serverTick;
    const moment = this.#moment;
    moment.nowMs = frame.nowMs;
    moment.tick = frame.newestTick + 1;
    moment.viewTick = frame.viewTick;
    moment.dead = this.death.dead;
    moment.moving = frame.moving;
    moment.grounded = this.#own.grounded;
    for (const intent of this.#intents) this.#obey(intent);
    this.#intents.length = 0;
    if (!this.inUse) return;
    if (moment.moving && this.#bar.casting !== undefined) this.#bar.stopCast();
    const queued = this.#bar.takeQueued(moment.tick);
    if (queued > 0) this.#use(queued);
    this.#bar.advance(frame.nowMs, moment.tick, this.#send.use);
    this.#bar.fill(moment.tick, moment);
    this.#fillSelf(moment.tick);
    this.#target.advance();
    this.nameplates.advance(frame.serverTick, this.#target.entityId);
    this.#party.advance();
    this.#death.advance(zone);
  }

  /** The session is over. */
  clear(): void {
    this.inUse = false;
    this.#warnedOfRules = false;
    this.nameplates.clear();
    this.#bar.clear();
    this.#intents.length = 0;
    this.#nextCommandId = 1;
    forgetCast(this.self.cast);
    this.#target.clear();
    this.#party.clear();
    this.#death.clear();
  }

  #obey(intent: CombatIntent): void {
    switch (intent.kind) {
      case "use":
        this.#use(intent.slot);
        return;
      case "cycle":
        if (this.inUse) this.#target.cycle(intent.to);
        return;
      case "target":
        if (this.inUse) this.#target.lock(intent.entityId);
        return;
      case "cancel":
        this.#bar.clearQueue();
        if (this.#bar.casting !== undefined) this.#command("cancel_cast", 0, 0);
        return;
      case "respawn":
        this.#death.ask(true);
        this.#command("respawn", 0, intent.point);
        return;
      case "invite":
      case "kick":
        this.#askedAbout = this.#remotes.nameOf(intent.entityId);
        this.#command(intent.kind, intent.entityId, 0);
        return;
      case "accept":
      case "decline":
      case "leave":
        this.#command(intent.kind, 0, 0);
    }
  }

  #use(slot: number): void {
    const moment = this.#moment;
    if (!this.inUse) {
      this.#bar.refuse(slot, "switched_off", moment.tick);
      return;
    }
    const ability = this.#data?.inSlot(slot);
    const aimed = ability?.helpful === true ? this.#target.friend() : this.#target.entityId;
    const pressed = this.#bar.press(slot, ability?.target === "none" ? 0 : aimed, moment, (one) =>
      this.#target.judge(one, aimed),
    );
    if (pressed === undefined) {
      const refusal = this.#bar.slots[slot - 1];
      if (refusal?.refusedTick === moment.tick && refusal.refusal !== "accepted") {
        this.text.refuse(this.#own.entityId, abilityRefusalWords(refusal.refusal), this.serverTick);
      }
      return;
    }
    if (pressed.ability.use === "dash") this.dashes = true;
    if (pressed.ability.castTicks === 0) {
      this.events.predictUse(pressed.ability.id, this.#own.entityId, pressed.use.targetEntityId, this.serverTick);
    }
    const expected =
      pressed.ability.use === "instant" && !pressed.ability.helpful && pressed.ability.target === "enemy";
    if (expected && pressed.ability.projectileSpeed === 0) {
      this.text.predict(pressed.ability.id, aimed, this.#own.entityId, this.serverTick);
    }
  }

  #command(kind: CombatCommand["kind"], entityId: number, number: number): void {
    if (!this.inUse) return;
    this.#send.command({ commandId: this.#nextCommandId, kind, entityId, number });
    this.#nextCommandId += 1;
  }

  #addResult(result: Readonly<AbilityResult>): void {
    const ability = this.#bar.addResult(result);
    if (ability === undefined || result.outcome === "accepted") return;
    const words = abilityRefusalWords(result.outcome);
    this.text.refuseExpected(ability.id, result.targetEntityId, this.#own.entityId, words, result.serverTick);
  }

  #addEvent(event: Readonly<CombatEvent>, tick: number): void {
    const { entityId } = this.#own;
    const ours = this.#isOurs(event.sourceEntityId) || this.#isOurs(event.targetEntityId);
    this.text.add(event, tick, ours, entityId);
    this.nameplates.add(event, tick);
    this.#party.addEvent(event, tick);
    // One's own deed was shown when it was done.
    if (event.kind !== "used" || event.sourceEntityId !== entityId) this.events.add(event, tick, ours);
  }

  #isOurs(entityId: number): boolean {
    return entityId !== 0 && (entityId === this.#own.entityId || this.nameplates.party.has(entityId));
  }

  #addSelf(message: Readonly<CombatSelf>): void {
    const { self } = this;
    this.inUse = true;
    this.#compareRules(message.rulesHash);
    self.entityId = this.#own.entityId;
    self.level = message.level;
    self.health = message.health;
    self.maxHealth = message.maxHealth;
    self.maxResource = Math.floor(message.maxResource / PARTS_PER_POINT);
    self.inCombat = (message.state & FighterState.inCombat) !== 0;
    self.power = message.power - POWER_OFFSET;
    self.criticalChance = message.criticalChance;
    self.reduction = message.reduction;
    self.absorb = message.auras.reduce((sum, { absorb }) => sum + absorb, 0);
    self.revision += 1;
    fillAuras(self.auras, message.auras, this.#data);
    this.#bar.addSelf(message);
    this.#death.add(message);
  }

  /** Who has other data predicts wrongly, and should know why its bars jump: once a session. */
  #compareRules(serverHash: number): void {
    const own = this.#data?.hash ?? 0;
    if (this.#warnedOfRules || serverHash === own) return;
    this.#warnedOfRules = true;
    const theirs = serverHash.toString(16).padStart(8, "0");
    const ours = this.#data === undefined ? "none" : own.toString(16).padStart(8, "0");
    this.#log(
      `rules of fighting: expected the server's, ${theirs}, this game has ${ours}; bars and casts may jump. Play with the data/ of the server.`,
    );
  }

  #fillSelf(tick: number): void {
    const { self } = this;
    const resource = Math.floor(this.#bar.resourceAt(tick) / PARTS_PER_POINT);
    if (resource !== self.resource) {
      self.resource = resource;
      self.revision += 1;
    }
    const { casting, castStart, castEnd } = this.#bar;
    if (casting?.id === self.cast.abilityId && castStart === self.cast.startTick && castEnd === self.cast.endTick)
      return;
    if (casting === undefined && !self.cast.active) return;
    fillCast(self.cast, casting, castStart, castEnd, tick);
  }
}
