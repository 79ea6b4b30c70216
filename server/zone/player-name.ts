/** Characters (code points) that a player's name may have. */
export const MAX_NAME_CHARACTERS = 24;

export type NameCheck = { ok: true; name: string; key: string } | { ok: false; detail: string };

// Control, format (zero-width, direction overrides), private-use, surrogate and separator characters other than a space.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Trims and normalises a name (Unicode NFC, runs of white space to one space) and says what is wrong with it. `key` is
 * equal for names that people would confuse by case or by compatibility forms.
 */
export function checkPlayerName(raw: string): NameCheck {
  const name = raw.normalize("NFC").replace(/\s+/gu, " ").trim();
  const characters = [...name].length;
  if (characters === 0)
    return { ok: false, detail: `a name has 1 to ${MAX_NAME_CHARACTERS} characters, an empty one came` };
  if (characters > MAX_NAME_CHARACTERS) {
    return { ok: false, detail: `a name has 1 to ${MAX_NAME_CHARACTERS} characters, one of ${characters} came` };
  }
  if (FORBIDDEN.test(name)) return { ok: false, detail: "a name has no control or invisible characters" };
  return { ok: true, name, key: name.normalize("NFKC").toLocaleLowerCase("en") };
}
