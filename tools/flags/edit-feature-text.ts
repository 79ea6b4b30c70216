import type { Capability } from "../../scripts/protocol/capability.ts";
import { DEFAULT_SETTINGS, type FeatureSettings } from "../../server/features/feature-settings.ts";
import type { FeatureSwitch } from "../../server/features/feature-switch.ts";
import { type JsonObject, readJsonSource } from "../../server/features/json-source.ts";

type Switches = Pick<FeatureSettings, "enabled" | "rolloutPercent" | "killSwitch">;

/** What one word means for an entry of the file: `off` and `kill` keep the percentage for the way back. */
function switchesFor(setting: FeatureSwitch): Partial<Switches> {
  switch (setting.kind) {
    case "percent":
      return { enabled: true, rolloutPercent: setting.percent, killSwitch: false };
    case "off":
      return { enabled: false };
    case "kill":
      return { killSwitch: true };
  }
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Changes one feature in the text of a feature file that is in order, and not a character beside it. `changes` says what, and is
 * empty when there was nothing to do.
 *
 * @param settings what the text says of the feature; undefined when it is not there
 */
export function editFeatureText(
  text: string,
  feature: Capability,
  settings: FeatureSettings | undefined,
  setting: FeatureSwitch,
): { text: string; changes: string[] } {
  const json = readJsonSource(text);
  if (!json.ok || json.root.kind !== "object") throw new Error("expected the text of a feature file that is in order");
  const target = Object.entries(switchesFor(setting));
  if (settings === undefined) {
    const members = Object.entries({ enabled: DEFAULT_SETTINGS.enabled, ...Object.fromEntries(target) });
    const entry = `"${feature}": { ${members.map(asMember).join(", ")} }`;
    return { text: apply(text, [insertion(text, json.root, [entry])]), changes: [`listed as ${entry}`] };
  }
  const entry = json.root.members.find(({ name }) => name === feature)?.value;
  if (entry?.kind !== "object") throw new Error(`expected an entry for ${feature} in the text`);
  const current: Record<string, unknown> = { ...settings };
  const changed = target.filter(([name, value]) => current[name] !== value);
  const edits: Edit[] = [];
  const missing: string[] = [];
  for (const [name, value] of changed) {
    const node = entry.members.find((member) => member.name === name)?.value;
    if (node === undefined) missing.push(asMember([name, value]));
    else edits.push({ start: node.start, end: node.end, text: String(value) });
  }
  if (missing.length > 0) edits.push(insertion(text, entry, missing));
  return {
    text: apply(text, edits),
    changes: changed.map(([name, value]) => `${name} ${current[name]} -> ${value}`),
  };
}

function asMember([name, value]: [string, unknown]): string {
  return `"${name}": ${value}`;
}

/** New members after the last one, on lines of their own where that one has its own. */
function insertion(text: string, object: JsonObject, members: readonly string[]): Edit {
  const last = object.members.at(-1);
  if (last === undefined) return { start: object.start, end: object.end, text: `{ ${members.join(", ")} }` };
  const lead = /\r?\n[ \t]*$/.exec(text.slice(object.start, last.start))?.[0] ?? " ";
  const at = last.value.end;
  return { start: at, end: at, text: members.map((member) => `,${lead}${member}`).join("") };
}

function apply(text: string, edits: readonly Edit[]): string {
  let edited = text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    edited = edited.slice(0, edit.start) + edit.text + edited.slice(edit.end);
  }
  return edited;
}
