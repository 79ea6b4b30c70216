import type { FuzzRandom } from "./fuzz-random.ts";
import { edgeNumber } from "./mutate-bytes.ts";

/** A number of list entries: one that fits what the message has is worth more than an edge of 32 bits. */
const COUNT = /Count$/u;
const MOST_COUNTED = 20;
const CHARACTERS = ["a", "Z", "7", "-", " ", "\0", "é", "\ufeff", "漢", "\ufffd", "😀"];
const LONGEST_TEXT = 48;
/** Lists are not made longer than this. */
const LONGEST_LIST = 1_100;

function varyNumber(value: number, random: FuzzRandom): number {
  const choice = random.whole(4);
  if (choice === 0) return value + random.whole(9) - 4;
  if (choice === 1) return -value;
  return choice === 2 ? random.whole(2 ** (1 + random.whole(32))) : edgeNumber(random);
}

function varyText(random: FuzzRandom): string {
  return Array.from({ length: random.whole(LONGEST_TEXT) }, () => random.pick(CHARACTERS)).join("");
}

/**
 * Changes some of a message's values in place, whatever fields it has: numbers, texts, flags, lists. The result need not be one
 * that can be encoded.
 */
export function varyMessage(message: object, random: FuzzRandom): void {
  if (Array.isArray(message)) varyList(message, random);
  const keys = Object.keys(message);
  if (keys.length === 0) return;
  for (let changes = 1 + random.whole(3); changes > 0; changes--) {
    const key = random.pick(keys);
    const value: unknown = Reflect.get(message, key);
    if (typeof value === "number") {
      const small = COUNT.test(key) && random.chance(0.8);
      Reflect.set(message, key, small ? random.whole(MOST_COUNTED) : varyNumber(value, random));
    } else if (typeof value === "string") {
      if (random.chance(0.5)) Reflect.set(message, key, varyText(random));
    } else if (typeof value === "boolean") Reflect.set(message, key, !value);
    else if (typeof value === "object" && value !== null) varyMessage(value, random);
  }
}

function varyList(list: unknown[], random: FuzzRandom): void {
  if (random.chance(0.3)) list.length = random.whole(list.length + 1);
  const template = list.at(-1);
  if (template === undefined || !random.chance(0.3)) return;
  for (let more = random.whole(random.chance(0.05) ? LONGEST_LIST : 6); more > 0; more--) {
    list.push(structuredClone(template));
  }
}
