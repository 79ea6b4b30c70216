// Control, format (zero-width, direction overrides), private-use, surrogate and unassigned characters, separators of lines, and what
// is drawn as nothing: none of it may reach a terminal, whoever sent it.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Text of a peer for a line of log: at most `maxCharacters` code points, a "…" if there were more, unsafe characters as \u{9b}. */
export function readableText(text: string, maxCharacters: number): string {
  // Cut first: a name may have 40,000 characters. A code point has at most two units.
  const characters = [...text.slice(0, 2 * maxCharacters + 2)];
  let readable = "";
  for (const character of characters.slice(0, maxCharacters)) {
    readable += UNSAFE.test(character) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;
  }
  return characters.length > maxCharacters ? `${readable}…` : readable;
}

/** The same between quotation marks, so that it is plain where it begins and ends. */
export function quotedText(text: string, maxCharacters: number): string {
  return `"${readableText(text, maxCharacters).replaceAll('"', "'")}"`;
}
