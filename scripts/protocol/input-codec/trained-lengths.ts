// Counted over traces: written by `node dist/tools/input-tables/main.js`, not by hand. Part of the wire format: another set is another
// capability. Lengths of a code's words, one digit of base 16 for each symbol; `prefix-code.ts` says what the words are.

export const TRAINED_LENGTHS = {
  count: "664636262646465767",
  tick: "677666677777777774433334477777766",
  ack: "894123999999999999999999999999988",
  moveX: "1233",
  moveZ: "2133",
  buttons: "13244",
  changes: "26357714",
  pitch: "29a98654432348aaa",
  turns: [
    "4a9543223467aaaaa",
    "33743323569aaaaaa",
    "23644324589aa9999",
    "32344334578998888",
    "34732235888999999",
    "33985322469aaaa99",
    "55877632226999999",
  ],
} as const;
