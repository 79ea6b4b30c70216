import type { ConnectionId } from "../transport.ts";
import type { DirectionConditions, LinkConditions } from "./link-conditions.ts";
import { LinkDirection } from "./link-direction.ts";
import type { PacketPool } from "./packet-pool.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { StallSchedule } from "./stall-schedule.ts";

/**
 * - `connecting`: the handler has not heard `onOpen`. - `open`: it has. - `closed`: this side closed it, and what was sent
 * reliably before is still on its way.
 */
export type LinkPhase = "connecting" | "open" | "closed";

/** One connection with the conditions of its link. */
export class ConditionedLink {
  readonly id: ConnectionId;
  /** Whether this side asked for the connection: it is the client's end of the link then. */
  readonly asClient: boolean;
  readonly incoming: LinkDirection;
  readonly outgoing: LinkDirection;
  readonly stalls: StallSchedule;
  phase: LinkPhase = "connecting";
  remoteAddress = "";
  /** The inner transport has said its last word about the connection. */
  innerClosed = false;
  #conditions: LinkConditions;

  constructor(
    id: ConnectionId,
    asClient: boolean,
    conditions: LinkConditions,
    seed: number,
    pool: PacketPool,
    nowMs: number,
  ) {
    this.id = id;
    this.asClient = asClient;
    this.stalls = new StallSchedule(createSeededRandom(seed, 3));
    this.stalls.start(nowMs);
    this.incoming = new LinkDirection(pool, this.stalls, seed * 2);
    this.outgoing = new LinkDirection(pool, this.stalls, seed * 2 + 1);
    this.#conditions = conditions;
    this.conditions = conditions;
  }

  get conditions(): LinkConditions {
    return this.#conditions;
  }

  /** What is under way keeps its time of arrival. */
  set conditions(conditions: LinkConditions) {
    this.#conditions = conditions;
    this.stalls.stallMs = conditions.stallMs;
    this.stalls.stallEveryMs = conditions.stallEveryMs;
  }

  get incomingConditions(): DirectionConditions {
    return this.asClient ? this.#conditions.down : this.#conditions.up;
  }

  get outgoingConditions(): DirectionConditions {
    return this.asClient ? this.#conditions.up : this.#conditions.down;
  }
}
