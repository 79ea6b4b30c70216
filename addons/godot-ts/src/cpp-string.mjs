/** A C++ string literal of `text`, cut into pieces that every compiler accepts. */
export function cppString(text) {
  const bytes = Buffer.from(text, "utf8");
  const pieces = [];
  for (let start = 0; start < bytes.length || start === 0; start += 8000) {
    let piece = "";
    for (const byte of bytes.subarray(start, start + 8000)) {
      if (byte === 0x22 || byte === 0x5c || byte === 0x3f) piece += `\\${String.fromCharCode(byte)}`;
      else if (byte >= 0x20 && byte < 0x7f) piece += String.fromCharCode(byte);
      else piece += `\\${byte.toString(8).padStart(3, "0")}`;
    }
    pieces.push(`"${piece}"`);
  }
  return pieces.join("\n");
}
