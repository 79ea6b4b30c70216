/** @type {import("./commands.mjs").Command} */
export async function doctor() {
  return 0;
}
