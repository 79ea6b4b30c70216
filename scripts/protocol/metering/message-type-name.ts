import { MessageType } from "../messages.ts";

const NAMES: readonly string[] = Object.entries(MessageType).reduce<string[]>((names, [name, type]) => {
  names[type] = name.charAt(0).toUpperCase() + name.slice(1);
  return names;
}, []);

/** A type by its name in the specification, such as "SnapshotDelta"; 0 and what is not known are "unknown". */
export function messageTypeName(type: number): string {
  return NAMES[type] ?? "unknown";
}
