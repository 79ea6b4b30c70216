import { MultiplayerPeer, Node, type RpcConfig } from "godot";

/** What its peers call. */
export default class RpcPeer extends Node {
  static rpc_config = {
    greet: { rpc_mode: "any_peer", transfer_mode: "reliable" },
    order: {
      rpc_mode: "authority",
      call_local: true,
      transfer_mode: MultiplayerPeer.TRANSFER_MODE_RELIABLE,
      channel: 2,
    },
  } satisfies RpcConfig;
  static signals = { heard: [{ name: "text", type: "String" }] } as const;

  readonly heard: string[] = [];

  greet(text: string, numbers: readonly number[]): void {
    this.#hear(`${this.multiplayer?.get_remote_sender_id()} says ${text} ${numbers.join("+")}`);
  }

  order(text: string): void {
    this.#hear(`ordered ${text}`);
  }

  secret(): void {
    this.#hear("secret");
  }

  #hear(text: string): void {
    this.heard.push(text);
    this.emit_signal("heard", text);
  }
}
