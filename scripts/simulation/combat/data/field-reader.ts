import { nearestName } from "./nearest-name.ts";

/** What stands for the content of a file that is missing or cannot be read: that was said, and nothing of its fields is. */
export const UNREADABLE = Symbol("unreadable");

/**
 * Reads the fields of one data file and notes what is wrong, in words for the designer who wrote it: one line for each mistake, none for what only
 * follows from another one. Never throws.
 */
export class FieldReader {
  readonly #path: string;
  readonly #problems: string[];
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #refused = new Set<string>();
  /** What was said of fields that are not there. */
  readonly #missing = new Map<string, string>();
  readonly #prefix: string;
  readonly #onProblem: () => void;
  /** Not an object: there are no fields to speak of. */
  #mute = false;

  /** `prefix`: of a part within the file, such as "area."; "" for the whole. */
  constructor(path: string, value: unknown, problems: string[], prefix = "", onProblem = () => {}) {
    this.#onProblem = onProblem;
    this.#path = path;
    this.#problems = problems;
    this.#prefix = prefix;
    this.#fields = isObject(value) ? value : {};
    if (!isObject(value) && value !== UNREADABLE) this.problem("", "an object", value);
    this.#mute = !isObject(value);
  }

  whole(field: string, min: number, max: number): number {
    const value = this.#take(field);
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    this.problem(field, `${min} to ${max}`, value);
    return min;
  }

  /** Milliseconds in the file, ticks here: rounded up, so that nothing is earlier than it says. */
  ticks(field: string, minMs: number, maxMs: number): number {
    return Math.ceil((this.whole(field, minMs, maxMs) * 60) / 1000);
  }

  text(field: string, min: number, max: number): string {
    const value = this.#take(field);
    if (typeof value === "string" && value.length >= min && value.length <= max) return value;
    this.problem(field, `a text of ${min} to ${max} characters`, value);
    return "";
  }

  flag(field: string): boolean {
    const value = this.#take(field);
    if (typeof value === "boolean") return value;
    this.problem(field, "true or false", value);
    return false;
  }

  choice<Choice extends string>(field: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.#take(field);
    const choice = choices.find((one) => one === value);
    if (choice === undefined) this.problem(field, `one of ${choices.join(", ")}`, value);
    return choice ?? choices[0];
  }

  list(field: string, min: number, max: number): readonly unknown[] {
    const value = this.#take(field);
    if (Array.isArray(value) && value.length >= min && value.length <= max) return value;
    this.problem(field, `a list of ${min} to ${max}`, Array.isArray(value) ? `a list of ${value.length}` : value);
    return [];
  }

  /** The fields of a part, if it is there. */
  part(field: string): FieldReader | undefined {
    const value = this.#take(field);
    return value === undefined ? undefined : this.within(field, value);
  }

  within(field: string, value: unknown): FieldReader {
    const whole = field.replace(/\[.*/, "");
    return new FieldReader(this.#path, value, this.#problems, `${this.#prefix}${field}.`, () => {
      this.#refused.add(whole);
      this.#onProblem();
    });
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  /** Every field that nobody asked for is a mistake: a misspelt one would else be passed over. */
  end(): void {
    for (const field of Object.keys(this.#fields)) {
      if (this.#read.has(field)) continue;
      const absent = [...this.#read].filter((name) => !this.has(name));
      const meant = nearestName(field, absent);
      if (meant === undefined) this.problem(field, `no such field, but ${[...this.#read].join(", ")}`, "it");
      else this.#misspelt(field, meant);
    }
  }

  /** One line, not another one that the right name is missing. */
  #misspelt(field: string, meant: string): void {
    const said = this.#problems.indexOf(this.#missing.get(meant) ?? "");
    if (said >= 0) this.#problems.splice(said, 1);
    this.problem(field, `${meant}, spelt so`, field);
  }

  /** Whether all these were there and good: else what is told from them says nothing. */
  sound(...fields: readonly string[]): boolean {
    return !this.#mute && fields.every((field) => !this.#refused.has(field));
  }

  /** `field` contradicts those `others`: told when all of them are good by themselves. */
  contradiction(field: string, others: readonly string[], expected: string, got: unknown): void {
    if (this.sound(field, ...others)) this.problem(field, expected, got);
  }

  problem(field: string, expected: string, got: unknown): void {
    if (this.#mute) return;
    this.#refused.add(field);
    this.#onProblem();
    const where = field === "" ? this.#prefix.slice(0, -1) : `${this.#prefix}${field}`;
    const what = typeof got === "string" ? got : (JSON.stringify(got) ?? "nothing");
    const line = `${this.#path}: ${where === "" ? "" : `${where}: `}expected ${expected}, got ${what}`;
    if (got === undefined) this.#missing.set(field, line);
    this.#problems.push(line);
  }

  #take(field: string): unknown {
    this.#read.add(field);
    return this.#fields[field];
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
