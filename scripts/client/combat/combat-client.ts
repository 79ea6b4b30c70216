import {
  type AbilityUse,
  type CombatCommand,
  type CombatEvent,
  type CombatMessageName,
  type CombatMessages,
  type CombatSelf,
  type CombatTarget,
  type PartyState,
  POWER_OFFSET,
} from "../../protocol/combat/combat-messages.ts";
import { type AbilityOutcome, FighterState } from "../../protocol/combat/combat-words.ts";
import { reaches } from "../../simulation/combat/ability-rules.ts";
import type { Ability, CombatData } from "../../simulation/combat/data/combat-data.ts";
import { PARTS_PER_POINT } from "../../simulation/combat/fighters.ts";
import { yawFromRadians } from "../../simulation/trigonometry.ts";
import type { Zone } from "../../simulation/zone-file.ts";
import type { OwnView } from "../own-view.ts";
import type { RemoteEntities } from "../remote-entities.ts";
import { AbilityBar, type UseMoment } from "./ability-bar.ts";
import { chooseTarget, mayLock, metersTo } from "./choose-target.ts";
import type { CombatIntent } from "./combat-intent.ts";
import { createDeath, createParty, createSelf, createTarget, fillAuras, type Mutable } from "./combat-parts.ts";
import { CombatTexts } from "./combat-texts.ts";
import { FightEvents } from "./fight-events.ts";
import { OtherFighters, type ToldHealth } from "./other-fighters.ts";
import { PartyHealth } from "./party-health.ts";
import { abilityRefusalWords, commandRefusalWords } from "./refusal-words.ts";
import type { CastView } from "./view/cast-view.ts";
import type { CombatView } from "./view/combat-view.ts";
import type { Relation } from "./view/target-view.ts";

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

const DRIFT_METERS = 1;

/** Everything that a client knows of a fight: what the server said, what the player has just done, and what follows from it until the server says more. */
export class CombatClient implements CombatView {
  inUse = false;
  ownTick = 0;
  serverTick = 0;
  readonly self;
  readonly target = createTarget();
  readonly party = createParty();
  readonly death = createDeath();
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
  readonly #partyHealth = new PartyHealth();
  readonly #intents: CombatIntent[] = [];
  readonly #moment: Mutable<UseMoment> = {
    ...{ nowMs: 0, tick: 0, viewTick: 0, dead: false, moving: false, grounded: true },
  };
  readonly #log: (line: string) => void;
  #warnedOfRules = false;
  #nextCommandId = 1;
  #wantedTarget = 0;
  /** Name of whom the player wished to invite or kick last. */
  #askedAbout = "";
  /** `revision` of the remotes for which names of the party are filled in. */
  #namedRevision = -1;
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
        this.#bar.addResult(messages.abilityResult);
        return;
      case "combatEvents":
        for (const event of messages.combatEvents.events) this.#addEvent(event, messages.combatEvents.serverTick);
        this.events.omitted += messages.combatEvents.omitted;
        return;
      case "combatSelf":
        this.#addSelf(messages.combatSelf);
        return;
      case "combatTarget":
        this.#addTarget(messages.combatTarget);
        return;
      case "partyState":
        this.#addParty(messages.partyState);
        return;
      case "combatCommandResult": {
        const { kind, outcome } = messages.combatCommandResult;
        if (kind === "respawn") this.death.pending = false;
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
    this.#fillTarget();
    this.nameplates.advance(frame.serverTick, this.#wantedTarget);
    if (this.#remotes.revision !== this.#namedRevision) this.#fillParty();
    if (this.death.dead && this.death.points.length === 0) this.#fillPoints(zone);
  }

  /** The session is over. */
  clear(): void {
    this.inUse = false;
    this.#warnedOfRules = false;
    this.nameplates.clear();
    this.#partyHealth.clear();
    this.#bar.clear();
    this.#intents.length = 0;
    this.#nextCommandId = 1;
    this.#wantedTarget = 0;
    this.target.entityId = 0;
    this.target.revision += 1;
    forgetCast(this.self.cast);
    forgetCast(this.target.cast);
    this.party.joined = false;
    this.party.count = 0;
    this.party.inviterEntityId = 0;
    this.party.revision += 1;
    this.death.dead = false;
    this.death.points = [];
    this.death.revision += 1;
  }

  #obey(intent: CombatIntent): void {
    switch (intent.kind) {
      case "use":
        this.#use(intent.slot);
        return;
      case "cycle":
        this.#cycle(intent.to);
        return;
      case "target":
        this.#lock(intent.entityId);
        return;
      case "cancel":
        this.#bar.clearQueue();
        if (this.#bar.casting !== undefined) this.#command("cancel_cast", 0, 0);
        return;
      case "respawn":
        this.death.pending = true;
        this.death.revision += 1;
        this.#command("respawn", 0, intent.point);
        return;
      case "invite":
      case "kick":
        this.#askedAbout = this.#nameOf(intent.entityId);
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
    const aimed = ability?.helpful === true ? this.#friend() : this.#wantedTarget;
    const pressed = this.#bar.press(slot, ability?.target === "none" ? 0 : aimed, moment, (one) =>
      this.#judge(one, aimed),
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

  /** On whom what helps falls: the one locked on to if it is a player, else oneself. */
  #friend(): number {
    const index = this.#remotes.indexOf(this.#wantedTarget);
    const creature = index >= 0 && ((this.#remotes.state[index] ?? 0) & FighterState.creature) !== 0;
    return index < 0 || creature ? this.#own.entityId : this.#wantedTarget;
  }

  /** What the client can see of the target by itself. The server decides. */
  #judge(ability: Ability, target: number): AbilityOutcome {
    if (ability.target === "none" || target === this.#own.entityId) return "accepted";
    if (target === 0) return "no_target";
    const index = this.#remotes.indexOf(target);
    if (index < 0) return "target_gone";
    const state = this.#remotes.state[index] ?? 0;
    if ((state & FighterState.dead) !== 0) return "target_dead";
    if ((state & FighterState.returning) !== 0) return "invalid_target";
    if (!ability.helpful && this.nameplates.party.has(target)) return "invalid_target";
    const spot = { x: this.#remotes.x[index] ?? 0, y: this.#remotes.y[index] ?? 0, z: this.#remotes.z[index] ?? 0 };
    return reaches(this.#own, yawFromRadians(this.#own.yawRadians), ability.rangeMeters, ability.arcCosine, spot);
  }

  #cycle(to: Extract<CombatIntent, { kind: "cycle" }>["to"]): void {
    if (to === "nobody") {
      this.#lock(0);
      return;
    }
    const wantsFriends = to === "friend";
    const step = to === "previous" ? -1 : to === "nearest" ? 0 : 1;
    const filter = (index: number): boolean => {
      const relation = this.nameplates.relation(index);
      return wantsFriends ? relation === "party" || relation === "player" : relation !== "party";
    };
    const chosen = chooseTarget(this.#own, this.#remotes, this.#wantedTarget, step, filter);
    if (chosen !== 0) this.#lock(chosen);
  }

  #lock(entityId: number): void {
    const index = this.#remotes.indexOf(entityId);
    const isOther = entityId !== 0 && entityId !== this.#own.entityId;
    if (isOther && (index < 0 || !mayLock(this.#own, this.#remotes, index))) return;
    if (entityId === this.#wantedTarget) return;
    this.#wantedTarget = entityId;
    const { target } = this;
    target.entityId = entityId;
    forgetCast(target.cast);
    fillAuras(target.auras, [], this.#data);
    target.threatCount = 0;
    target.itsTargetEntityId = 0;
    target.level = index < 0 ? this.self.level : this.nameplates.level(index);
    target.revision += 1;
    this.nameplates.changes += 1;
    this.#command("target", entityId, 0);
  }

  #command(kind: CombatCommand["kind"], entityId: number, number: number): void {
    if (!this.inUse) return;
    this.#send.command({ commandId: this.#nextCommandId, kind, entityId, number });
    this.#nextCommandId += 1;
  }

  #addEvent(event: Readonly<CombatEvent>, tick: number): void {
    const { entityId } = this.#own;
    const ours = this.#isOurs(event.sourceEntityId) || this.#isOurs(event.targetEntityId);
    this.text.add(event, tick, ours, entityId);
    this.nameplates.add(event, tick);
    if (this.#partyHealth.add(this.party, event, tick)) this.party.revision += 1;
    // One's own deed was shown when it was done.
    if (event.kind !== "used" || event.sourceEntityId !== entityId) this.events.add(event, tick, ours);
  }

  #isOurs(entityId: number): boolean {
    return entityId !== 0 && (entityId === this.#own.entityId || this.nameplates.party.has(entityId));
  }

  #addSelf(message: Readonly<CombatSelf>): void {
    const { self, death } = this;
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
    const dead = (message.state & FighterState.dead) !== 0;
    if (dead === death.dead && death.diedTick === message.diedTick) return;
    death.dead = dead;
    death.diedTick = message.diedTick;
    death.respawnTick = message.respawnTick;
    death.releaseTick = message.releaseTick;
    death.killerEntityId = message.killerEntityId;
    death.killerName = this.#nameOf(message.killerEntityId);
    death.killedByAbilityId = message.killedBy;
    death.killedBy = this.#data?.ability(message.killedBy)?.name ?? "";
    death.pending = false;
    death.points = [];
    death.revision += 1;
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

  #addTarget(message: Readonly<CombatTarget>): void {
    const { target } = this;
    if (message.entityId !== this.#wantedTarget) {
      // It is the server that has let go, unless the player has just chosen another one.
      if (message.entityId === 0 && this.#remotes.indexOf(this.#wantedTarget) < 0) this.#letGo();
      return;
    }
    if (message.level > 0) target.level = message.level;
    target.itsTargetEntityId = message.itsTargetEntityId;
    fillAuras(target.auras, message.auras, this.#data);
    const ability = this.#data?.ability(message.castAbilityId);
    fillCast(target.cast, ability, message.castStartTick, message.castEndTick, message.serverTick);
    target.threatCount = Math.min(message.threat.length, target.threat.length);
    for (let i = 0; i < target.threatCount; i += 1) {
      const from = message.threat[i];
      const to = target.threat[i];
      if (from === undefined || to === undefined) continue;
      to.entityId = from.entityId;
      to.name = this.#nameOf(from.entityId);
      to.percent = from.percent;
      to.self = from.entityId === this.#own.entityId;
    }
    target.revision += 1;
  }

  #addParty(message: Readonly<PartyState>): void {
    const { party } = this;
    this.nameplates.party.clear();
    this.#partyHealth.beginState(message.serverTick);
    let count = 0;
    for (const from of message.members) {
      if (from.entityId === this.#own.entityId) continue;
      this.nameplates.party.add(from.entityId);
      const to = party.members[count];
      if (to === undefined) continue;
      count += 1;
      const isNew = to.entityId !== from.entityId;
      to.name = this.#nameOf(from.entityId) || (isNew ? "" : to.name);
      to.entityId = from.entityId;
      to.level = from.level;
      to.maxHealth = from.maxHealth;
      to.resource = from.resourcePercent;
      if (isNew || this.#partyHealth.isNews(from.entityId, message.serverTick)) {
        to.health = from.health;
        to.dead = (from.state & FighterState.dead) !== 0;
      }
      to.leader = from.entityId === message.leaderEntityId;
      to.near = this.#remotes.indexOf(from.entityId) >= 0;
    }
    party.count = count;
    party.joined = message.leaderEntityId !== 0;
    party.leading = message.leaderEntityId === this.#own.entityId;
    party.inviterEntityId = message.inviterEntityId;
    party.inviterName = this.#nameOf(message.inviterEntityId);
    party.invitationEndTick = message.invitationEndTick;
    party.revision += 1;
    this.nameplates.changes += 1;
  }

  /** Names come after those who have them, and members come and go out of sight. */
  #fillParty(): void {
    const { party } = this;
    this.#namedRevision = this.#remotes.revision;
    let changed = false;
    for (let i = 0; i < party.count; i += 1) {
      const member = party.members[i];
      if (member === undefined) continue;
      const near = this.#remotes.indexOf(member.entityId) >= 0;
      const name = this.#nameOf(member.entityId) || member.name;
      changed ||= near !== member.near || name !== member.name;
      member.near = near;
      member.name = name;
    }
    const inviter = this.#nameOf(party.inviterEntityId) || party.inviterName;
    changed ||= inviter !== party.inviterName;
    party.inviterName = inviter;
    if (changed) party.revision += 1;
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

  #fillTarget(): void {
    const { target } = this;
    if (this.#wantedTarget === 0) return;
    const index = this.#remotes.indexOf(this.#wantedTarget);
    const isSelf = this.#wantedTarget === this.#own.entityId;
    if (index < 0 && !isSelf) {
      this.#letGo();
      return;
    }
    const state = this.#remotes.state[index] ?? 0;
    const health = isSelf ? this.self.health : (this.#remotes.health[index] ?? 0);
    const maxHealth = isSelf ? this.self.maxHealth : (this.#remotes.maxHealth[index] ?? 0);
    const meters = isSelf ? 0 : Math.round(metersTo(this.#own, this.#remotes, index) / DRIFT_METERS);
    const name = isSelf ? this.self.name : this.#remotes.name(index);
    const dead = isSelf ? this.death.dead : (state & FighterState.dead) !== 0;
    const inCombat = (state & FighterState.inCombat) !== 0;
    const relation = this.#relationOf(this.#wantedTarget, state);
    const same =
      target.health === health &&
      target.maxHealth === maxHealth &&
      target.distanceMeters === meters &&
      target.name === name &&
      target.dead === dead &&
      target.inCombat === inCombat &&
      target.relation === relation;
    if (same) return;
    target.health = health;
    target.maxHealth = maxHealth;
    target.distanceMeters = meters;
    target.name = name;
    target.dead = dead;
    target.inCombat = inCombat;
    target.relation = relation;
    target.revision += 1;
  }

  #letGo(): void {
    this.#wantedTarget = 0;
    this.target.entityId = 0;
    forgetCast(this.target.cast);
    this.target.revision += 1;
    this.nameplates.changes += 1;
  }

  #fillPoints(zone: Zone | undefined): void {
    const { x, z } = this.#own;
    const from = (to: { readonly x: number; readonly z: number }, ax: number, az: number) =>
      Math.sqrt((to.x - ax) ** 2 + (to.z - az) ** 2);
    this.death.points = (zone?.spawns ?? []).map((spawn, point) => {
      const named = [...(zone?.pointsOfInterest ?? [])].sort(
        (a, b) => from(a, spawn.x, spawn.z) - from(b, spawn.x, spawn.z),
      );
      const distanceMeters = Math.round(from(spawn, x, z));
      return { point, name: named[0]?.name ?? "", x: spawn.x, z: spawn.z, distanceMeters };
    });
    this.death.revision += 1;
  }

  #relationOf(entityId: number, state: number): Relation {
    if (entityId === this.#own.entityId) return "self";
    return this.nameplates.relationOf(entityId, state);
  }

  #nameOf(entityId: number): string {
    return this.#remotes.nameOf(entityId);
  }
}

/** There is none, and none has ended. */
function forgetCast(cast: Mutable<CastView>): void {
  cast.active = false;
  cast.abilityId = 0;
  cast.ended = "none";
  cast.revision += 1;
}

function fillCast(
  cast: Mutable<CastView>,
  ability: Ability | undefined,
  start: number,
  end: number,
  tick: number,
): void {
  if (ability === undefined) {
    if (!cast.active) return;
    cast.active = false;
    cast.ended = tick >= cast.endTick ? "finished" : "interrupted";
    cast.endedTick = tick;
    cast.abilityId = 0;
    cast.revision += 1;
    return;
  }
  cast.active = true;
  cast.channel = ability.use === "channel";
  cast.abilityId = ability.id;
  cast.abilityName = ability.name;
  cast.icon = ability.icon;
  cast.startTick = start;
  cast.endTick = end;
  cast.ended = "none";
  cast.revision += 1;
}
