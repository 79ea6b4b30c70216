import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isIPv6 } from "node:net";
import { PROMETHEUS_CONTENT_TYPE } from "./prometheus-text.ts";

/** A scraper or two, and people with a browser; further connections are refused at once. */
const MAX_CONNECTIONS = 16;
/** A connection asks one thing, and everything about it, slow reading included, ends by then. */
const CONNECTION_DEADLINE_MS = 10_000;
const MAX_REQUEST_HEAD_BYTES = 8_192;
/** Whoever asks more often gets the text of the last time: the same thread runs the zone. */
const SHORTEST_INTERVAL_MS = 250;

export interface Health {
  ok: boolean;
  /** For people and probes: becomes the JSON of the answer. */
  detail: Readonly<Record<string, string | number>>;
}

export interface MetricsEndpointOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** In the Prometheus text format. */
  metrics: () => string;
  health: () => Health;
  /** Milliseconds, monotonic. */
  nowMs: () => number;
  connectionDeadlineMs?: number;
}

export interface MetricsEndpoint {
  /** Where it listens, such as "http://127.0.0.1:9100". */
  readonly url: string;
  /** Ends every connection and frees the port. Safe to call twice. */
  close(): Promise<void>;
}

/** Serves `GET /metrics` and `GET /healthz` until closed. What keeps it from listening comes back as a sentence for the operator. */
export function startMetricsEndpoint(options: MetricsEndpointOptions): Promise<MetricsEndpoint | { problem: string }> {
  const { host, port, connectionDeadlineMs = CONNECTION_DEADLINE_MS } = options;
  const server = createServer(
    {
      maxHeaderSize: MAX_REQUEST_HEAD_BYTES,
      headersTimeout: connectionDeadlineMs,
      requestTimeout: connectionDeadlineMs,
      keepAlive: false,
    },
    answering(options),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.maxRequestsPerSocket = 1;
  server.on("connection", (socket) => {
    const deadline = setTimeout(() => socket.destroy(), connectionDeadlineMs).unref();
    socket.once("close", () => clearTimeout(deadline));
  });
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve({ problem: listenProblem(error, host, port) }));
    server.listen({ host, port }, () => {
      // A connection that breaks is that connection's end, not the zone's.
      server.on("error", () => {});
      const bound = server.address();
      const boundPort = bound !== null && typeof bound === "object" ? bound.port : port;
      resolve({ url: `http://${isIPv6(host) ? `[${host}]` : host}:${boundPort}`, close: () => close(server) });
    });
  });
}

function answering({ metrics, health, nowMs }: MetricsEndpointOptions) {
  let text = "";
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  return (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    response.setHeader("connection", "close");
    response.setHeader("cache-control", "no-store");
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      answer(response, 405, "text/plain; charset=utf-8", "expected GET or HEAD\n");
      return;
    }
    switch (request.url?.split("?", 1)[0]) {
      case "/metrics":
        if (nowMs() - writtenAtMs >= SHORTEST_INTERVAL_MS) {
          text = metrics();
          writtenAtMs = nowMs();
        }
        answer(response, 200, PROMETHEUS_CONTENT_TYPE, text);
        return;
      case "/healthz": {
        const { ok, detail } = health();
        const body = JSON.stringify({ status: ok ? "ok" : "unhealthy", ...detail });
        answer(response, ok ? 200 : 503, "application/json", `${body}\n`);
        return;
      }
      default:
        answer(response, 404, "text/plain; charset=utf-8", "here are /metrics and /healthz\n");
    }
  };
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  // Node leaves the body out of the answer to a HEAD.
  response.end(body);
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  const where = `--metrics ${isIPv6(host) ? `[${host}]` : host}:${port}`;
  switch (error.code) {
    case "EADDRINUSE":
      return `${where}: something else listens there already. Choose another port, or 0 for a free one.`;
    case "EACCES":
      return `${where}: this user may not listen there. Choose a port of 1024 or above.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${where}: this machine has no such address. 127.0.0.1 is for this machine only, 0.0.0.0 for the whole network.`;
    default:
      return `${where}: cannot listen there: ${error.message}`;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
