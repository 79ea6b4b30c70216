import { Input, type InputEvent, InputEventJoypadButton } from "godot";
import type { CombatIntent } from "../../client/combat/combat-intent.ts";
import { type Action, ROW_BUTTONS } from "./controls.ts";

/** What a press means in a fight: an intent for the client, or something that the interface itself does. */
export type CombatWish =
  | CombatIntent
  | { readonly kind: "target_self" | "invite_target" | "party_menu" | "free_mouse" | "clear_target" | "back" }
  /** The map shows so many steps more, or less. */
  | { readonly kind: "zoom_map"; readonly steps: 1 | -1 };

const SLOTS = 10;
const SLOT_ACTIONS = Array.from({ length: SLOTS }, (_, i) => `ability_${i + 1}` as Action);

const WISHES: readonly (readonly [Action, CombatWish])[] = [
  // Before the one without Shift, which would take its key, too.
  ["target_previous", { kind: "cycle", to: "previous" }],
  ["target_next", { kind: "cycle", to: "next" }],
  ["target_nearest", { kind: "cycle", to: "nearest" }],
  ["target_friend", { kind: "cycle", to: "friend" }],
  ["target_self", { kind: "target_self" }],
  ["target_clear", { kind: "clear_target" }],
  ["cancel_cast", { kind: "cancel" }],
  ["party_accept", { kind: "accept" }],
  ["party_decline", { kind: "decline" }],
  ["party_invite", { kind: "invite_target" }],
  ["party_menu", { kind: "party_menu" }],
  ["free_mouse", { kind: "free_mouse" }],
  ["map_closer", { kind: "zoom_map", steps: -1 }],
  ["map_farther", { kind: "zoom_map", steps: 1 }],
  ["pause", { kind: "back" }],
];

/** Whether a gamepad's buttons use abilities right now. */
export function abilityRowHeld(): boolean {
  return Input.is_action_pressed("ability_row_1") || Input.is_action_pressed("ability_row_2");
}

/** What a press of a key or a button means in a fight; nothing for all others, for releases and repetitions. */
export function combatWishOf(event: InputEvent): CombatWish | undefined {
  if (event.is_echo()) return undefined;
  if (event instanceof InputEventJoypadButton && abilityRowHeld()) return rowWishOf(event);
  for (let i = 0; i < SLOTS; i += 1) {
    const action = SLOT_ACTIONS[i];
    if (action !== undefined && event.is_action_pressed(action)) return { kind: "use", slot: i + 1 };
  }
  return WISHES.find(([action]) => event.is_action_pressed(action))?.[1];
}

/** While a row is held, a gamepad's buttons use what is in it. */
function rowWishOf(event: InputEventJoypadButton): CombatWish | undefined {
  const place = ROW_BUTTONS.indexOf(event.button_index);
  if (!event.pressed || place < 0) return undefined;
  const half = ROW_BUTTONS.length;
  return { kind: "use", slot: place + 1 + (Input.is_action_pressed("ability_row_2") ? half : 0) };
}
