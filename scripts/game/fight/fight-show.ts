import { Node } from "godot";
import type { CombatTextFeed } from "../../client/combat/view/combat-text.ts";
import type { FightEvent } from "../../client/combat/view/fight-events.ts";
import type { GameClient } from "../../client/game-client.ts";
import { CombatFlag } from "../../protocol/combat/combat-words.ts";
import type { Ability } from "../../simulation/combat/data/combat-data.ts";
import { TICK_RATE_HZ } from "../../simulation/constants.ts";
import type SlashArcs from "../action/slash-arcs.ts";
import type Avatar from "../character/avatar.ts";
import { MarkShape } from "../character/ground-marks.ts";
import type Nameplates from "../character/nameplates.ts";
import type RemotePlayers from "../character/remote-players.ts";
import type { ViewFrame } from "../character/view-frame.ts";
import type Hud from "../hud/hud.ts";
import { hudColors } from "../hud/hud-palette.ts";
import type PlayerCamera from "../player-camera.ts";
import { comfort } from "../settings/comfort.ts";
import { type Manner, mannerOf } from "./ability-manner.ts";
import type CombatTexts from "./combat-texts.ts";
import { FightFacts } from "./fight-facts.ts";
import { FightPlaces } from "./fight-places.ts";
import type FightSounds from "./fight-sounds.ts";
import type { FightSound } from "./fight-sounds.ts";
import type GroundShow from "./ground-show.ts";
import { ScreenShake } from "./screen-shake.ts";

/** Shocks of the view, 0 to 1: what was lost of the whole health at once, and what bursts nearby. */
const LOSS_SHOCK = 2.2;
const CRITICAL_SHOCK = 0.3;
const BURST_SHOCK = 0.55;
const DEATH_SHOCK = 0.8;
const BURST_METERS = 14;
/** Where a bolt leaves somebody, above the feet. */
const HAND_METERS = 1.3;
const RING_SECONDS = 0.55;
const BURST_SECONDS = 0.4;

const SOUND_OF: Readonly<Record<Manner, FightSound>> = {
  blow: "Swing",
  throw: "Throw",
  burst: "Burst",
  help: "Ward",
  leap: "Leap",
};

/** Lets a fight be seen, heard and felt: what the client says of it moves bodies, flies, marks the ground, sounds, and shakes the view. */
export default class FightShow extends Node {
  readonly facts = new FightFacts();
  readonly #places = new FightPlaces();
  readonly #shake = new ScreenShake();
  #castRevision = -1;
  #deathRevision = -1;
  #nowMs = 0;
  #avatar!: Avatar;
  #others!: RemotePlayers;
  #plates!: Nameplates;
  #arcs!: SlashArcs;
  #camera!: PlayerCamera;
  #ground!: GroundShow;
  #texts!: CombatTexts;
  #sounds!: FightSounds;

  _ready(): void {
    this.#avatar = this.get_node<Avatar>("%Avatar");
    this.#others = this.get_node<RemotePlayers>("%RemotePlayers");
    this.#plates = this.get_node<Nameplates>("%Nameplates");
    this.#arcs = this.get_node<SlashArcs>("%SlashArcs");
    this.#camera = this.get_node<PlayerCamera>("%PlayerCamera");
    this.#ground = this.get_node<GroundShow>("%GroundShow");
    this.#texts = this.get_node<CombatTexts>("%CombatTexts");
    this.#sounds = this.get_node<FightSounds>("%FightSounds");
    this.#others.facts = this.facts;
    this.#plates.facts = this.facts;
    this.get_node<Hud>("%Hud").facts = this.facts;
  }

  /** One frame, before anybody is drawn: what happened moves bodies. A frame of no time, as when a recording stands still, has no news. */
  prepare(client: GameClient, seconds: number): void {
    this.#nowMs = performance.now();
    this.facts.follow(client);
    this.#places.follow(client);
    if (seconds === 0) return;
    this.#ground.advance(seconds);
    const { events, text } = client.combat;
    for (let i = 0; i < events.count; i += 1) {
      const event = events.events[i];
      if (event !== undefined) this.#show(client, event);
    }
    this.#showOwn(client);
    this.#hearRefusals(text);
    this.#sounds.begin_next(this.#nowMs, seconds);
    this.#shake.advance(seconds, comfort.reducedMotion ? 0 : comfort.screenShake);
    this.#camera.shakeYaw = this.#shake.yaw;
    this.#camera.shakePitch = this.#shake.pitch;
    this.#camera.shakeRoll = this.#shake.roll;
  }

  /** The rest of the frame, after the camera has moved. */
  finish(client: GameClient, view: ViewFrame, seconds: number): void {
    const playing = client.connection.state.kind === "playing";
    this.#arcs.advance(seconds);
    this.#ground.show(playing ? client : undefined, this.facts, this.#places, seconds);
    if (!playing) this.#texts.texts.clear();
    this.#texts.use_letters(this.#plates.atlas);
    this.#texts.show_texts(client, this.facts, view, seconds);
  }

  #showOwn({ combat, own }: GameClient): void {
    const { self, death } = combat;
    if (death.revision !== this.#deathRevision) {
      this.#deathRevision = death.revision;
      this.#avatar.lie(death.dead);
    }
    const { cast } = self;
    if (cast.revision === this.#castRevision) return;
    this.#castRevision = cast.revision;
    if (cast.active) {
      if (cast.channel) this.#avatar.channel(own.yawRadians);
      else this.#avatar.cast(own.yawRadians);
      this.#sound("Cast", 0);
    } else this.#avatar.relax();
  }

  #show(client: GameClient, event: Readonly<FightEvent>): void {
    switch (event.kind) {
      case "used":
        this.#use(client, event);
        return;
      case "cast_started":
      case "channel_started":
        this.#beginCast(client, event);
        return;
      case "cast_finished":
        this.#release(client, event);
        return;
      case "channel_finished":
      case "cast_interrupted":
        if (event.sourceEntityId !== client.own.entityId) this.#others.relax(event.sourceEntityId);
        return;
      case "projectile":
        this.#launch(event);
        return;
      case "damage":
        this.#hit(client, event);
        return;
      case "miss":
        this.#soundAt("Miss", event.targetEntityId);
        return;
      case "heal":
        this.#ring(event.targetEntityId, 0.9, hudColors.current.heal);
        if ((event.flags & CombatFlag.periodic) === 0) this.#soundAt("Heal", event.targetEntityId);
        return;
      case "death":
        this.#soundAt("Death", event.targetEntityId);
        if (event.targetEntityId === client.own.entityId) this.#shake.add(DEATH_SHOCK);
        return;
      case "respawn":
        this.#ring(event.sourceEntityId, 1.6, hudColors.current.gold);
        this.#soundAt("Respawn", event.sourceEntityId);
    }
  }

  #use(client: GameClient, { sourceEntityId, what }: Readonly<FightEvent>): void {
    const ability = client.combat.data?.ability(what);
    if (ability === undefined || !this.#places.look(sourceEntityId)) return;
    const { x, y, z, yaw } = this.#places;
    const manner = mannerOf(ability);
    const own = sourceEntityId === client.own.entityId;
    const body = own ? this.#avatar : undefined;
    this.#sound(SOUND_OF[manner], this.#places.meters);
    if (manner === "leap") {
      if (body !== undefined) body.dash(yaw);
      else this.#others.dash(sourceEntityId, yaw);
    } else if (manner === "help" || manner === "throw") {
      if (body !== undefined) body.invoke(yaw);
      else this.#others.invoke(sourceEntityId, yaw);
    } else {
      if (body !== undefined) body.strike(yaw);
      else this.#others.strike(sourceEntityId, yaw);
      if (manner === "blow") this.#arcs.add(x, y, z, yaw);
    }
    this.#markArea(ability, x, y, z, own);
  }

  /** Where an ability with an area has its effects. */
  #markArea(ability: Readonly<Ability>, x: number, y: number, z: number, own: boolean): void {
    if (ability.area === undefined) return;
    const { radiusMeters } = ability.area;
    const { current } = hudColors;
    const color = ability.helpful ? current.buff : own ? current.gold : current.damageTaken;
    this.#ground.marks.add(MarkShape.area, x, y, z, radiusMeters, BURST_SECONDS, color);
    if (!ability.helpful && this.#places.meters < BURST_METERS) {
      this.#shake.add(BURST_SHOCK * (1 - this.#places.meters / BURST_METERS));
    }
  }

  #beginCast(client: GameClient, event: Readonly<FightEvent>): void {
    const ability = client.combat.data?.ability(event.what);
    if (ability?.area !== undefined) this.#markCast(ability, event);
    if (event.sourceEntityId === client.own.entityId) return;
    if (!this.#places.look(event.sourceEntityId)) return;
    const { yaw, meters } = this.#places;
    if (event.kind === "channel_started") this.#others.channel(event.sourceEntityId, yaw);
    else this.#others.cast(event.sourceEntityId, yaw);
    this.#sound("Cast", meters);
  }

  /** An area that is being cast fills until it is done. */
  #markCast(ability: Readonly<Ability>, { sourceEntityId, targetEntityId, amount }: Readonly<FightEvent>): void {
    if (!this.#places.look(targetEntityId === 0 ? sourceEntityId : targetEntityId)) return;
    const { x, y, z } = this.#places;
    const color = ability.helpful ? hudColors.current.buff : hudColors.current.damageTaken;
    this.#ground.marks.add(MarkShape.area, x, y, z, ability.area?.radiusMeters ?? 1, amount / TICK_RATE_HZ, color);
  }

  /** What was cast leaves the hand. */
  #release(client: GameClient, { sourceEntityId, what }: Readonly<FightEvent>): void {
    const ability = client.combat.data?.ability(what);
    if (ability === undefined || !this.#places.look(sourceEntityId)) return;
    const { yaw } = this.#places;
    const own = sourceEntityId === client.own.entityId;
    if (ability.helpful) {
      if (own) this.#avatar.relax();
      else this.#others.relax(sourceEntityId);
    } else if (own) this.#avatar.strike(yaw);
    else this.#others.strike(sourceEntityId, yaw);
  }

  /** Damage comes as long after this as the server says: so does what flies. */
  #launch({ sourceEntityId, targetEntityId, what, amount }: Readonly<FightEvent>): void {
    if (!this.#places.look(sourceEntityId)) return;
    const { x, y, z, meters } = this.#places;
    this.#ground.flights.launch(what, targetEntityId, x, y + HAND_METERS, z, amount / TICK_RATE_HZ);
    this.#sound("Throw", meters);
  }

  #hit(client: GameClient, event: Readonly<FightEvent>): void {
    const { targetEntityId, sourceEntityId, amount, flags } = event;
    if (!this.#places.look(targetEntityId)) return;
    const { yaw, meters } = this.#places;
    const own = targetEntityId === client.own.entityId;
    const periodic = (flags & CombatFlag.periodic) !== 0;
    const critical = (flags & CombatFlag.critical) !== 0;
    if (own) {
      this.#avatar.be_struck();
      const { maxHealth } = client.combat.self;
      if (!periodic && maxHealth > 0) this.#shake.add(Math.min((amount / maxHealth) * LOSS_SHOCK + 0.1, 0.7));
    } else this.#others.be_struck(targetEntityId);
    if (critical && sourceEntityId === client.own.entityId) this.#shake.add(CRITICAL_SHOCK);
    if (periodic) return;
    if ((flags & CombatFlag.blocked) !== 0) {
      if (own) this.#avatar.block(yaw);
      else this.#others.block(targetEntityId, yaw);
      this.#sound("Block", meters);
    } else this.#sound(critical ? "Critical" : "Hit", meters);
  }

  #hearRefusals(text: CombatTextFeed): void {
    for (let i = 0; i < text.count; i += 1) if (text.events[i]?.kind === "refused") this.#sound("Refused", 0);
  }

  #ring(entityId: number, radius: number, color: (typeof hudColors.current)["gold"]): void {
    if (!this.#places.look(entityId)) return;
    const { x, y, z } = this.#places;
    this.#ground.marks.add(MarkShape.ring, x, y, z, radius, RING_SECONDS, color);
  }

  #soundAt(name: FightSound, entityId: number): void {
    if (this.#places.look(entityId)) this.#sound(name, this.#places.meters);
  }

  #sound(name: FightSound, meters: number): void {
    this.#sounds.play(name, meters, this.#nowMs);
  }
}
