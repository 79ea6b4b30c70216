import { encodeZone } from "../../scripts/simulation/zone-file.ts";
import { type ConditionChanges, createLinkConditions } from "../../scripts/transport/conditioner/link-conditions.ts";
import type { VirtualPlayer as Player } from "../../tools/scenario/virtual-player.ts";
import { type WorldOptions as AnyWorldOptions, VirtualWorld as World } from "../../tools/scenario/virtual-world.ts";
import { createTestZone } from "../fixtures/test-zone.ts";

export { type PlayerOptions, VirtualPlayer } from "../../tools/scenario/virtual-player.ts";
export { SERVER_ADDRESS } from "../../tools/scenario/virtual-world.ts";

const ZONE_BYTES = encodeZone(createTestZone());
/** Unless a test asks for something else, every message is lost and delayed for itself, and they overtake each other. */
const ROUGH: ConditionChanges = { jitterCorrelationMs: 0, overtaking: true, meanBurst: 1.05 };

export interface WorldOptions extends Omit<AnyWorldOptions, "zoneBytes" | "link"> {
  link?: ConditionChanges;
}

/** A world of tests: the test zone, and links by what is wrong with them. */
export class VirtualWorld extends World {
  #changes: ConditionChanges;

  constructor(options: WorldOptions = {}) {
    const { link, ...others } = options;
    const changes = { ...ROUGH, ...link };
    super({ ...others, zoneBytes: ZONE_BYTES, link: createLinkConditions(changes) });
    this.#changes = changes;
  }

  /** Changes everybody's link from now on. */
  changeLink(changes: ConditionChanges): void {
    this.#changes = { ...this.#changes, ...changes };
    this.setLink(createLinkConditions(this.#changes));
  }
  /** Has one of them invite the others into a party, who accept in turn. All must fight already, and see the one who invites. */
  formParty(leader: Player, others: readonly Player[]): void {
    for (const other of others) {
      leader.client.act({ kind: "invite", entityId: other.client.own.entityId });
      this.runUntil(`${other.name} is invited`, () => other.client.combat.party.inviterName === leader.name);
      other.client.act({ kind: "accept" });
      this.runUntil(`${other.name} is in`, () => other.client.combat.party.joined);
    }
  }
}
