import { type Node, type PackedScene, ResourceLoader } from "godot";

/**
 * Puts the whole game under a node, as `Main`.
 * @throws when its scene cannot be loaded
 */
export function addGame(to: Node): void {
  const main = ResourceLoader.load<PackedScene>("res://scenes/main.tscn")?.instantiate();
  if (main === null || main === undefined) throw new Error("the main scene cannot be loaded");
  to.add_child(main);
}
