/**
 * What a player wants of a fight: `GameClient.act`. Takes effect in the next `update`; several between two are done in order. What is refused
 * says why in the view, never here.
 */
export type CombatIntent =
  /** Use what is in a slot of the bar, 1 to `SLOT_COUNT`, on the target, or on oneself where a friend is meant and none is locked on to. */
  | { readonly kind: "use"; readonly slot: number }
  /** Lock on: the best in view; the next or previous one in the order of the cycle; nobody. */
  | { readonly kind: "cycle"; readonly to: "nearest" | "next" | "previous" | "friend" | "nobody" }
  /** Lock on to one that was pointed at, oneself included. */
  | { readonly kind: "target"; readonly entityId: number }
  /** Stop casting or channelling, and forget what is queued. */
  | { readonly kind: "cancel" }
  /** `point`: of `DeathView.points`. */
  | { readonly kind: "respawn"; readonly point: number }
  | { readonly kind: "invite"; readonly entityId: number }
  | { readonly kind: "accept" }
  | { readonly kind: "decline" }
  | { readonly kind: "leave" }
  | { readonly kind: "kick"; readonly entityId: number };
