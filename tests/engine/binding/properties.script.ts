import {
  type Dictionary,
  type DictionaryInput,
  Node3D,
  PropertyUsageFlags,
  type Script,
  Variant,
  type VariantInput,
} from "godot";
import Early, { early } from "./early.script.ts";
import PropertiesParent from "./properties-parent.script.ts";
import { expectError, Tap } from "./tap.ts";

/** What a script says about properties beyond its static exports. */
export default class PropertiesFixture extends PropertiesParent {
  #madeUp = 0;
  #broken = false;

  override _get_property_list(): readonly DictionaryInput[] {
    if (this.#broken) throw new Error("no list today");
    return [{ name: "made_up", type: Variant.Type.TYPE_INT, hint_string: "0,9" }];
  }

  override _get(property: string): VariantInput | undefined {
    return property === "made_up" ? this.#madeUp : undefined;
  }

  override _set(property: string, value: unknown): boolean {
    if (property !== "made_up") return false;
    this.#madeUp = Number(value);
    return true;
  }

  override _validate_property(property: Dictionary): void {
    if (property.name === "power" && !this.armed) property.usage = PropertyUsageFlags.PROPERTY_USAGE_NO_EDITOR;
    if (property.name === "top_level") property.usage = PropertyUsageFlags.PROPERTY_USAGE_NONE;
  }

  #listed(name: string): Dictionary | undefined {
    return this.get_property_list().find((entry) => entry.name === name);
  }

  override _ready(): void {
    const tap = new Tap();
    tap.equal("a scene sets a property that the script made up", this.#madeUp, 5);
    const madeUp = this.#listed("made_up");
    tap.equal("_get_property_list", [madeUp?.type, madeUp?.hint_string, madeUp?.usage], [2, "0,9", 6]);
    tap.equal("_get", this.get("made_up"), 5);
    this.set("made_up", 8);
    tap.equal("_set", this.get("made_up"), 8);
    tap.equal("_validate_property hides an export", this.#listed("power")?.usage, 2);
    this.armed = true;
    tap.equal("until the script thinks otherwise", this.#listed("power")?.usage, 4102);
    tap.equal("_validate_property of an engine property", this.#listed("top_level")?.usage, 0);
    const plain = new Node3D();
    tap.ok(
      "and of this object only",
      plain.get_property_list().find((entry) => entry.name === "top_level")?.usage !== 0,
    );
    plain.free();
    this.#broken = true;
    expectError("no list today");
    tap.ok(
      "a list that throws leaves the exports",
      this.#listed("power") !== undefined && this.#listed("made_up") === undefined,
    );

    const script = this.get_script() as Script;
    const base = script.get_base_script();
    tap.equal("base script", base?.resource_path, "res://tests/engine/binding/properties-parent.script.ts");
    tap.equal("a script without one", base?.get_base_script(), null);
    const parent = new PropertiesParent();
    tap.ok("is the script of the base class", parent.get_script() === base);
    parent.free();

    tap.equal(
      "an instance that its own module made has the script of its file",
      [(early.get_script() as Script).resource_path, early.amount],
      ["res://tests/engine/binding/early.script.ts", 3],
    );
    tap.ok("which is that of later ones", new Early().get_script() === early.get_script());
    tap.finish(this);
  }
}
