import { Resource } from "godot";

export default class Throwing extends Resource {
  constructor() {
    super();
    throw new Error("a constructor that throws");
  }
}
