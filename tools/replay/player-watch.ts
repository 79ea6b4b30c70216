import { EventDescriber } from "../../scripts/client/recording/describe-event.ts";
import type { RecordedEvent } from "../../scripts/client/recording/recorded-event.ts";
import type { Recording } from "../../scripts/client/recording/recording.ts";
import { VisibleWorld } from "../../scripts/client/visible-world.ts";
import type { MessageDecoder } from "../../scripts/protocol/message-decoder.ts";
import { MessageType } from "../../scripts/protocol/messages.ts";
import { decodeZone } from "../../scripts/simulation/zone-file.ts";

/**
 * Tells which packets speak of one player: who comes and goes, and whom a snapshot has something new of. Differences are read as the
 * recorded client read them, so it must be shown all events from the first on.
 */
export class PlayerWatch {
  readonly #recording: Recording;
  readonly #describer = new EventDescriber();
  readonly #visible = new VisibleWorld();
  readonly #name: string;
  /** Ids under which the player was seen. */
  readonly #ids = new Set<number>();
  #ownName = "";

  /** `player`: a name, in any case of letters, or the id of an entity. */
  constructor(recording: Recording, player: string) {
    this.#recording = recording;
    this.#name = player.toLowerCase();
    if (/^\d+$/u.test(player)) this.#ids.add(Number(player));
  }

  concerns(event: RecordedEvent): boolean {
    if (event.kind === "connect") {
      this.#ownName = event.name.toLowerCase();
      return this.#ownName === this.#name;
    }
    if (event.kind === "zoneAsked" || event.kind === "zoneCame") {
      if (event.answer.how === "there") this.#enter(event.answer.zone.hash);
      return false;
    }
    if (event.kind !== "received" && event.kind !== "sent") return false;
    const decoder = this.#describer.decode(event.bytes);
    return decoder !== undefined && this.#isTold(decoder);
  }

  #enter(zoneHash: string): void {
    const bytes = this.#recording.zones.get(zoneHash);
    const decoded = bytes && decodeZone(bytes);
    if (decoded?.ok) this.#visible.enter(decoded.zone.world);
  }

  #isTold(decoder: MessageDecoder): boolean {
    const type = decoder.header.type;
    switch (type) {
      case MessageType.hello:
        return decoder.hello.playerName.toLowerCase() === this.#name;
      case MessageType.helloAck:
        return this.#welcome(decoder.helloAck.entityId);
      case MessageType.presence:
        return this.#presence(decoder);
      case MessageType.snapshot: {
        const { entityCount, entityId } = decoder.snapshot;
        for (let i = 0; i < entityCount; i += 1) if (this.#ids.has(entityId[i] ?? 0)) return true;
        return false;
      }
      case MessageType.snapshotDelta:
        return this.#difference(decoder.snapshotDelta.entities);
      default:
        return false;
    }
  }

  #welcome(entityId: number): boolean {
    if (this.#ownName === this.#name) this.#ids.add(entityId);
    return this.#ids.has(entityId);
  }

  #presence({ presence: { joined, left } }: MessageDecoder): boolean {
    let told = false;
    for (const { entityId, name } of joined) {
      if (name.toLowerCase() === this.#name) this.#ids.add(entityId);
      told ||= this.#ids.has(entityId);
    }
    return told || left.some((entityId) => this.#ids.has(entityId));
  }

  #difference(entities: Uint8Array): boolean {
    const update = this.#visible.decode(entities);
    if (update === undefined) return false;
    for (let i = 0; i < update.count; i += 1) if (this.#ids.has(update.entityId[i] ?? 0)) return true;
    for (let i = 0; i < update.leftCount; i += 1) if (this.#ids.has(update.leftEntityId[i] ?? 0)) return true;
    return false;
  }
}
