/** What a person says of a feature in one word, in the environment and to `npm run flags -- set`. */
export type FeatureSwitch = { kind: "percent"; percent: number } | { kind: "off" } | { kind: "kill" };

/** What can be said, for messages. A bare number is not among it: 1 might mean on, or one per cent. */
export const FEATURE_SWITCH_WORDS = "on, off, kill, or a percentage with its sign such as 25% or 0.5%";

const PERCENTAGE = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/;

/** Reads such a word; undefined when it is none. `on` is 100 %. */
export function readFeatureSwitch(text: string): FeatureSwitch | undefined {
  if (text === "on") return { kind: "percent", percent: 100 };
  if (text === "off" || text === "kill") return { kind: text };
  const percent = Number(PERCENTAGE.exec(text)?.[1] ?? Number.NaN);
  return percent <= 100 ? { kind: "percent", percent } : undefined;
}
