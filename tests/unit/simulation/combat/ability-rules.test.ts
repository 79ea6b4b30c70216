import { describe, expect, test } from "vitest";
import { reaches } from "../../../../scripts/simulation/combat/ability-rules.ts";

describe("[C13] what is reached", () => {
  const from = { x: 0, y: 0, z: 0 };
  /** Half of an arc of 90 degrees to either side of north. */
  const judge = (x: number, y: number, z: number) => reaches(from, 0, 10, Math.SQRT1_2, { x, y, z });

  test("is as far as from feet to feet in space, and in an arc as seen from above", () => {
    expect(judge(0, 0, -10)).toBe("accepted");
    expect(judge(0, 0, -10.01)).toBe("out_of_range");
    expect(judge(0, 8, -6)).toBe("accepted");
    expect(judge(0, 8, -6.1)).toBe("out_of_range");
    expect(judge(5, 0, -5.01)).toBe("accepted");
    expect(judge(5, 0, -4.9)).toBe("out_of_arc");
    expect(judge(1, 8, -1.01)).toBe("accepted");
    expect(judge(0, 0, 3)).toBe("out_of_arc");
  });

  test("is whoever stands nearer than 5 cm, in every arc", () => {
    expect(judge(0, 0, 0.049)).toBe("accepted");
    expect(judge(0, 0, 0.051)).toBe("out_of_arc");
    expect(reaches(from, 0, 10, -1, { x: 0, y: 0, z: 5 })).toBe("accepted");
  });
});
