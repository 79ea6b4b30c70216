/** Largest `code` that `Transport.close` carries to the peer; larger ones are cut to it, negative ones to 0. */
export const MAX_CLOSE_CODE = 999;

/** Longest `detail` that reaches the peer, in bytes of UTF-8 (GameNetworkingSockets keeps 128 with a final zero). */
export const MAX_CLOSE_DETAIL_BYTES = 127;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function clampCloseCode(code: number): number {
  return Number.isFinite(code) ? Math.min(Math.max(Math.trunc(code), 0), MAX_CLOSE_CODE) : 0;
}

/** Cuts a text to what the wire carries, between characters; a zero byte ends it. */
export function truncateCloseDetail(detail: string): string {
  const text = detail.split("\0", 1)[0] ?? "";
  const bytes = encoder.encode(text);
  if (bytes.length <= MAX_CLOSE_DETAIL_BYTES) return text;
  let end = MAX_CLOSE_DETAIL_BYTES;
  // 10xxxxxx continues a character: step back to the start of the one that does not fit.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return decoder.decode(bytes.subarray(0, end));
}
