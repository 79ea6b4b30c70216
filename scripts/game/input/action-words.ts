import type { Action } from "./actions.ts";

const WORDS: Partial<Record<Action, string>> = {
  move_forward: "Walk forward",
  move_back: "Walk back",
  move_left: "Walk left",
  move_right: "Walk right",
  strike: "Strike with the blade",
  ability_row_1: "Abilities 1 to 5 (hold)",
  ability_row_2: "Abilities 6 to 10 (hold)",
  cancel_cast: "Stop casting",
  target_next: "Next target",
  target_previous: "Previous target",
  target_nearest: "Nearest target",
  target_friend: "Next friend",
  target_self: "Target yourself",
  target_clear: "Let go of the target",
  party_menu: "Party",
  party_invite: "Invite the target",
  party_accept: "Accept an invitation",
  party_decline: "Decline an invitation",
  map_closer: "Map: show less, larger",
  map_farther: "Map: show more, smaller",
  free_mouse: "Free the mouse",
  pause: "Menu",
  net_overlay: "Network graphs",
  net_controls: "Network controls",
};

/** What an action is called in the settings. */
export function actionWords(action: Action): string {
  const words = WORDS[action] ?? action.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
