type Fields = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/** A debugger: speaks the Chrome DevTools Protocol with a process that listens for one. */
export class InspectorClient {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #events: Message[] = [];
  readonly #watchers = new Set<(event: Message) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data)) as Message));
  }

  /** `url`: what the process prints after "Debugger listening on". */
  static connect(url: string): Promise<InspectorClient> {
    const socket = new WebSocket(url);
    const client = new InspectorClient(socket);
    return new Promise((resolve, reject) => {
      socket.addEventListener("open", () => resolve(client));
      socket.addEventListener("error", () => reject(new Error(`no inspector answers at ${url}`)));
    });
  }

  /** @throws when the process refuses the command */
  async send(method: string, params: Fields = {}): Promise<Fields> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  /** The parameters of the first event of this name that fits, also one that came already. */
  event(method: string, fits: (params: Fields) => boolean = () => true): Promise<Fields> {
    const matches = (event: Message) => event.method === method && fits(event.params ?? {});
    const before = this.#events.find(matches);
    if (before !== undefined) return Promise.resolve(before.params ?? {});
    return new Promise((resolve) => {
      const watcher = (event: Message) => {
        if (!matches(event)) return;
        this.#watchers.delete(watcher);
        resolve(event.params ?? {});
      };
      this.#watchers.add(watcher);
    });
  }

  close(): void {
    this.#socket.close();
  }

  #take(message: Message): void {
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
      return;
    }
    this.#events.push(message);
    for (const watcher of [...this.#watchers]) watcher(message);
  }
}
