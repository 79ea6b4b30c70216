import { formatEvent, type ListedEvent } from "./listed-event.ts";

export const BROWSER_KEYS =
  "n or Enter: next, p: previous, /text: search on, /: again, a number: that event, ?: all of it, q: quit";

/** Goes through events by commands of a person. */
export class EventBrowser {
  readonly #events: readonly ListedEvent[];
  #index = 0;
  #search = "";

  /** `events`: at least one. */
  constructor(events: readonly ListedEvent[]) {
    this.#events = events;
  }

  /** The event that is looked at, as a line. */
  get line(): string {
    const event = this.#events[this.#index];
    return event === undefined ? "there are no such events" : formatEvent(event);
  }

  /** Does what a line says and returns what to show; nothing: the person wants to leave. */
  command(line: string): string | undefined {
    const text = line.trim();
    if (text === "q") return undefined;
    if (text === "" || text === "n") return this.#go(this.#index + 1, "this was the last event");
    if (text === "p") return this.#go(this.#index - 1, "this is the first event");
    if (text === "?") return JSON.stringify(this.#events[this.#index], null, 2);
    if (text.startsWith("/")) return this.#find(text.slice(1) || this.#search);
    if (/^\d+$/u.test(text)) return this.#jump(Number(text));
    return BROWSER_KEYS;
  }

  #go(index: number, otherwise: string): string {
    if (index < 0 || index >= this.#events.length) return otherwise;
    this.#index = index;
    return this.line;
  }

  #find(text: string): string {
    if (text === "") return "expected /text to search for";
    this.#search = text;
    const wanted = text.toLowerCase();
    const found = this.#events.findIndex(
      (event, i) => i > this.#index && formatEvent(event).toLowerCase().includes(wanted),
    );
    return this.#go(found, `no event after this one has "${text}"`);
  }

  /** The event of that number, or the next one that was chosen. */
  #jump(number: number): string {
    const found = this.#events.findIndex(({ event }) => event >= number);
    return this.#go(found, `there is no event ${number}: the last one is ${this.#events.at(-1)?.event}`);
  }
}
