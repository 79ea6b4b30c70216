import type { CombatDecoder } from "./combat/combat-decoder.ts";
import type { CombatMessages } from "./combat/combat-messages.ts";
import type {
  Action,
  ActionEvent,
  ActionResult,
  Bye,
  FeatureProblem,
  Features,
  Hello,
  HelloAck,
  Input,
  Ping,
  Pong,
  Presence,
  Reject,
  Snapshot,
} from "./messages.ts";

/** The messages that every codec can carry, as a decoder fills them: the same objects for ever. `snapshot` has room for `MAX_SNAPSHOT_ENTITIES`. */
export interface DecodedMessages {
  readonly hello: Hello;
  readonly helloAck: HelloAck;
  readonly reject: Reject;
  readonly input: Input;
  readonly snapshot: Snapshot;
  readonly ping: Ping;
  readonly pong: Pong;
  readonly bye: Bye;
  readonly presence: Presence;
  readonly features: Features;
  readonly featureProblem: FeatureProblem;
  readonly action: Action;
  readonly actionResult: ActionResult;
  readonly actionEvent: ActionEvent;
  readonly combat: CombatMessages;
  readonly combatFiller: CombatDecoder;
}
