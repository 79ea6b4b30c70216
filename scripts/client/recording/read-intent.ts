import type { CombatIntent } from "../combat/combat-intent.ts";
import { BytesProblem } from "./byte-reader.ts";

const WAYS = ["nearest", "next", "previous", "friend", "nobody"] as const;

/** What a player wanted of a fight, out of a recording. Throws `BytesProblem` on anything else. */
export function readIntent(text: string): CombatIntent {
  const value = parse(text);
  const number = (key: string): number => {
    const one = Reflect.get(value, key);
    if (typeof one === "number" && Number.isInteger(one) && one >= 0) return one;
    throw new BytesProblem(`expected a whole "${key}" in an intent, got ${JSON.stringify(one)}`);
  };
  const kind: unknown = Reflect.get(value, "kind");
  switch (kind) {
    case "use":
      return { kind, slot: number("slot") };
    case "target":
    case "invite":
    case "kick":
      return { kind, entityId: number("entityId") };
    case "respawn":
      return { kind, point: number("point") };
    case "cancel":
    case "accept":
    case "decline":
    case "leave":
      return { kind };
    case "cycle": {
      const to = WAYS.find((way) => way === Reflect.get(value, "to"));
      if (to !== undefined) return { kind, to };
      throw new BytesProblem(`expected a way to cycle of ${WAYS.join(", ")}, got something else`);
    }
    default:
      throw new BytesProblem("expected a kind of intent, got something else");
  }
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new BytesProblem("expected an intent in JSON, got something else");
}
