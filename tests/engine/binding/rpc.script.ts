import { ENetMultiplayerPeer, Error as GodotError, type MultiplayerPeer, Node, SceneMultiplayer } from "godot";
import RpcPeer from "./rpc-peer.script.ts";
import { expectError, Tap } from "./tap.ts";

const FIRST_PORT = 42_000;
const PORTS = 100;

/** Two branches of the tree with a multiplayer of their own each: a server and a client over ENet. */
export default class RpcFixture extends Node {
  override async _ready(): Promise<void> {
    const tap = new Tap();
    const { peer, port } = listen();
    const server = this.#branch("Server", peer);
    const client = this.#branch("Client", connectTo(port));
    await client.multiplayer?.to_signal("connected_to_server");
    const id = Number(client.multiplayer?.get_unique_id());
    tap.equal("who is who", [server.multiplayer?.is_server(), id > 1], [true, true]);

    client.rpc("greet", "hello", [1, 2]);
    tap.equal("any peer may call", await server.to_signal("heard"), [`${id} says hello 1+2`]);
    server.rpc("order", "march");
    tap.equal("the authority may call", await client.to_signal("heard"), ["ordered march"]);
    tap.equal("call_local", server.heard.at(-1), "ordered march");
    server.rpc("greet", "all", []);
    tap.equal("all peers, not itself", [await client.to_signal("heard"), server.heard.length], [["1 says all "], 2]);

    expectError("RPC 'order' is not allowed on node");
    client.rpc("order", "mutiny");
    client.rpc("greet", "after", []);
    tap.equal("a peer that is no authority is refused", await server.to_signal("heard"), [`${id} says after `]);
    expectError('Unable to get the RPC configuration for the function "secret"');
    client.rpc("secret");
    tap.ok("a method without settings is none for peers", !server.heard.includes("secret"));
    expectError('Unable to get the RPC configuration for the function "grete"');
    tap.equal("nor is one that is not there", client.rpc("grete"), GodotError.ERR_INVALID_PARAMETER);
    for (const each of [client, server]) each.multiplayer?.multiplayer_peer?.close();
    tap.finish(this);
  }

  #branch(name: string, peer: MultiplayerPeer): RpcPeer {
    const branch = new Node();
    branch.name = name;
    this.add_child(branch);
    const api = new SceneMultiplayer();
    this.get_tree()?.set_multiplayer(api, branch.get_path());
    api.multiplayer_peer = peer;
    const child = new RpcPeer();
    child.name = "Peer";
    branch.add_child(child);
    return child;
  }
}

function listen(): { peer: ENetMultiplayerPeer; port: number } {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
    const peer = new ENetMultiplayerPeer();
    peer.set_bind_ip("127.0.0.1");
    if (peer.create_server(port) === 0) return { peer, port };
  }
  throw new Error(`expected a free port from ${FIRST_PORT} on, got none in ${PORTS}`);
}

function connectTo(port: number): ENetMultiplayerPeer {
  const peer = new ENetMultiplayerPeer();
  peer.create_client("127.0.0.1", port);
  return peer;
}
