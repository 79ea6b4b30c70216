/** One member of the party, oneself excluded: oneself is `SelfView`. */
export interface PartyMemberView {
  readonly entityId: number;
  readonly name: string;
  readonly level: number;
  readonly health: number;
  readonly maxHealth: number;
  /** Percent. */
  readonly resource: number;
  readonly dead: boolean;
  readonly leader: boolean;
  /** Whether it is among the drawn characters: otherwise its frame is all there is of it. */
  readonly near: boolean;
  /** Where the server told it to be when it was out of sight, metres of the zone, and the tick of that; 0: never, in this session. */
  readonly placeX: number;
  readonly placeZ: number;
  readonly placeTick: number;
}

/** The party, and the invitation to one. */
export interface PartyView {
  readonly revision: number;
  /** Whether the player is in a party, and whether it leads it. */
  readonly joined: boolean;
  readonly leading: boolean;
  /** The first `count` of `members`, up to 4, in the order in which they joined. Entries are reused. */
  readonly count: number;
  readonly members: readonly PartyMemberView[];
  /** Who invites; 0 for no invitation. */
  readonly inviterEntityId: number;
  readonly inviterName: string;
  /** Server tick at which the invitation ends by itself. */
  readonly invitationEndTick: number;
}
