import { Resource } from "godot";

/** A resource that its own module makes while it runs. */
export default class Early extends Resource {
  amount = 3;
}

export const early = new Early();
