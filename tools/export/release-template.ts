/**
 * The program that a preset of export_presets.cfg makes the game's program of: the path in `custom_template/release`, empty where the
 * engine is to look for one of its own. Throws an error for people when there is no such preset.
 */
export function releaseTemplate(presets: string, preset: string): string {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of presets.split("\n")) {
    const heading = /^\[(.+)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = new Map();
      sections.set(heading, section);
    }
    const [, key, text] = /^([\w/]+)="(.*)"$/.exec(line) ?? [];
    if (key !== undefined && text !== undefined) section.set(key, text);
  }
  for (const [heading, values] of sections) {
    if (values.get("name") === preset) return sections.get(`${heading}.options`)?.get("custom_template/release") ?? "";
  }
  throw new Error(`export_presets.cfg has no preset called "${preset}": add it in the editor, under Project > Export`);
}
