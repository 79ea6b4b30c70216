import { formatAddress, parseAddress, withoutName } from "./address.ts";
import { ListenError } from "./transport.ts";

/** The `ip:port` to listen on. Of names only `localhost` is known without asking. Throws `ListenError`. */
export function toListenAddress(address: string): string {
  const parsed = parseAddress(address);
  const local = parsed && withoutName(parsed);
  if (local) return formatAddress(local.host, local.port);
  throw new ListenError(
    "address_invalid",
    `Cannot listen on "${address}": expected an IP address of this machine and a port, such as 127.0.0.1:7777, ` +
      "0.0.0.0:7777 (all IPv4) or [::]:7777 (all)",
  );
}

/** Turns what the addon throws from `listen` into words with a way out. */
export function toListenError(error: unknown, address: string): ListenError {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "address_in_use") {
    const port = address.slice(address.lastIndexOf(":") + 1);
    return new ListenError(
      "address_in_use",
      `Port ${port} of ${address} is taken by another program: stop it, or choose another port with --port N (0 takes any free one)`,
    );
  }
  if (code === "address_invalid") {
    return new ListenError(
      "address_invalid",
      `Cannot listen on ${address}: it is no address of this machine (${detail})`,
    );
  }
  if (code === "forbidden") {
    return new ListenError(
      "failed",
      `Cannot listen on ${address}: ports below 1024 need a privilege, choose a higher one`,
    );
  }
  return new ListenError("failed", `Cannot listen on ${address}: ${detail}`);
}
