/** Sixteen hexadecimal digits by which a refusal can be found in the log. `random`: uniform in [0, 1). */
export function createTraceId(random: () => number): string {
  const half = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  return half() + half();
}
