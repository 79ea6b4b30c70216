import { Node } from "godot";
import type { ActionNews } from "../../client/actions.ts";
import type { GameClient } from "../../client/game-client.ts";
import type Avatar from "../character/avatar.ts";
import type RemotePlayers from "../character/remote-players.ts";
import type Soundscape from "../soundscape.ts";
import { outcomeWords } from "./outcome-words.ts";
import type SlashArcs from "./slash-arcs.ts";
import type StrikeText from "./strike-text.ts";

/** Sounds of strangers are heard up to here. */
const HEARD_METERS = 24;

/** Lets strikes be seen and heard: one's own at once, what comes of them when the server says so, and those of others. */
export default class StrikeShow extends Node {
  /** One frame, after everybody was drawn. */
  show(client: GameClient): void {
    for (const item of client.actionNews) {
      if (item.kind === "began") this.#showOwn(client);
      else if (item.kind === "ended") this.#showEnd(client, item);
      else this.#showOther(client, item);
    }
  }

  #showOwn({ own }: GameClient): void {
    this.get_node<Avatar>("%Avatar").strike(own.yawRadians);
    this.#arcs.add(own.x, own.y, own.z, own.yawRadians);
    this.#sound.play("Swing");
  }

  #showEnd(client: GameClient, end: Extract<ActionNews, { kind: "ended" }>): void {
    if (end.outcome === "hit") this.#showHit(client, end.targetEntityId, "Hit");
    const words = outcomeWords(end.outcome, end.favouredTarget);
    if (words !== "") this.#text.say(words);
  }

  #showOther(client: GameClient, seen: Extract<ActionNews, { kind: "seen" }>): void {
    const { own, remotes } = client;
    const index = remotes.indexOf(seen.attackerEntityId);
    const near = index >= 0 && metersTo(client, index) < HEARD_METERS;
    if (index >= 0) {
      const yaw = remotes.yaw[index] ?? 0;
      this.#others.strike(seen.attackerEntityId, yaw);
      this.#arcs.add(remotes.x[index] ?? 0, remotes.y[index] ?? 0, remotes.z[index] ?? 0, yaw);
      if (near) this.#sound.play("Swing");
    }
    if (seen.outcome !== "hit") return;
    if (seen.targetEntityId !== own.entityId) {
      this.#showHit(client, seen.targetEntityId, near ? "Hit" : "");
      return;
    }
    // Where there is a fight, its own events say what came of it, with numbers.
    if (client.combat.inUse) return;
    this.get_node<Avatar>("%Avatar").be_struck();
    const name = index < 0 ? "" : remotes.name(index);
    this.#text.float(name === "" ? "Struck" : `Struck by ${name}`, own.x, own.y, own.z, true);
    this.#sound.play("Hit");
  }

  #showHit({ remotes, combat }: GameClient, entityId: number, word: string): void {
    if (combat.inUse) return;
    const index = remotes.indexOf(entityId);
    if (index < 0) return;
    this.#others.be_struck(entityId);
    if (word === "") return;
    this.#text.float(word, remotes.x[index] ?? 0, remotes.y[index] ?? 0, remotes.z[index] ?? 0, false);
    this.#sound.play("Hit");
  }

  get #others(): RemotePlayers {
    return this.get_node<RemotePlayers>("%RemotePlayers");
  }

  get #arcs(): SlashArcs {
    return this.get_node<SlashArcs>("%SlashArcs");
  }

  get #text(): StrikeText {
    return this.get_node<StrikeText>("%StrikeText");
  }

  get #sound(): Soundscape {
    return this.get_node<Soundscape>("%Soundscape");
  }
}

function metersTo({ own, remotes }: GameClient, index: number): number {
  return Math.hypot((remotes.x[index] ?? 0) - own.x, (remotes.z[index] ?? 0) - own.z);
}
