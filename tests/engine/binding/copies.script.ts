import { CodeEdit, FontVariation, Node, Polygon2D, Vector2 } from "godot";
import { Tap } from "./tap.ts";

/** Arrays and dictionaries of properties are copies that refuse to be changed, so that no change is lost. */
export default class CopiesFixture extends Node {
  override _ready(): void {
    const tap = new Tap();
    const polygon = new Polygon2D();
    polygon.polygon = [new Vector2(1, 2), new Vector2(3, 4)];
    polygon.polygons = [[0, 1]];
    tap.throws("an array", () => (polygon.polygon as Vector2[]).push(new Vector2()), "TypeError");
    tap.throws("an array in an array", () => (polygon.polygons[0] as number[]).push(2), "TypeError");
    polygon.polygon = [...polygon.polygon, new Vector2(5, 6)];
    tap.equal("a changed copy that is assigned", polygon.polygon.map(String), ["(1, 2)", "(3, 4)", "(5, 6)"]);
    const own = polygon.get_polygon();
    own.push(new Vector2());
    tap.equal("what a method returns is one's own", [own.length, polygon.polygon.length], [4, 3]);
    polygon.free();

    const edit = new CodeEdit();
    const pairs = edit.auto_brace_completion_pairs as { [key: string]: string };
    tap.throws(
      "a dictionary",
      () => {
        pairs["<"] = ">";
      },
      "TypeError",
    );
    edit.auto_brace_completion_pairs = { ...edit.auto_brace_completion_pairs, "<": ">" };
    tap.equal("a changed dictionary", edit.auto_brace_completion_pairs["<"], ">");
    edit.free();

    const font = new FontVariation();
    font.variation_opentype = new Map([[1, 2]]);
    const map = font.variation_opentype as unknown as Map<number, number>;
    tap.throws("a Map", () => map.set(1, 3), "TypeError", "copy of a property");
    font.variation_opentype = new Map(map).set(5, 6);
    tap.equal(
      "a changed Map",
      [...(font.variation_opentype as unknown as Map<number, number>)],
      [
        [1, 2],
        [5, 6],
      ],
    );
    tap.finish(this);
  }
}
