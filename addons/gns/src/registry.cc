#include "registry.h"

#include <atomic>

#include "library.h"

namespace gns {
namespace {

std::unordered_map<uint32_t, std::unique_ptr<Endpoint>> endpoints;
std::unordered_map<uint32_t, std::unique_ptr<Connection>> connections;
std::unordered_map<HSteamNetConnection, Connection*> connectionsByHandle;
std::unordered_map<HSteamListenSocket, Endpoint*> endpointsByListenSocket;
std::atomic<size_t> connectionsNow{0};
uint32_t lastEndpointId = 0;
uint32_t lastConnectionId = 0;

std::string addressText(const SteamNetworkingIPAddr& address) {
  char buffer[SteamNetworkingIPAddr::k_cchMaxString];
  address.ToString(buffer, sizeof buffer, true);
  return buffer;
}

// A handle that nobody knows: a peer that asks one of our listen sockets, or the echo of a connection we closed.
void onUnknownHandle(const SteamNetConnectionStatusChangedCallback_t& change) {
  const SteamNetConnectionInfo_t& info = change.m_info;
  if (info.m_eState == k_ESteamNetworkingConnectionState_Connecting &&
      info.m_hListenSocket != k_HSteamListenSocket_Invalid) {
    const auto found = endpointsByListenSocket.find(info.m_hListenSocket);
    if (found != endpointsByListenSocket.end()) {
      Connection& connection = addConnection(reserveConnectionId(), change.m_hConn, found->second, Phase::asking);
      connection.address = addressText(info.m_addrRemote);
      found->second->pushEvent({connection.id, EventKind::asking, 0});
      return;
    }
  }
  // Closing twice is harmless, not closing keeps the port taken.
  if (info.m_eState != k_ESteamNetworkingConnectionState_None) {
    sockets()->CloseConnection(change.m_hConn, 0, nullptr, false);
  }
}

}  // namespace

void onStatusChanged(SteamNetConnectionStatusChangedCallback_t* change) {
  const auto found = connectionsByHandle.find(change->m_hConn);
  if (found == connectionsByHandle.end()) return onUnknownHandle(*change);
  Connection& connection = *found->second;
  switch (change->m_info.m_eState) {
    case k_ESteamNetworkingConnectionState_Connected:
      if (connection.phase != Phase::handshaking) return;
      connection.phase = Phase::open;
      connection.endpoint->pushEvent({connection.id, EventKind::open, 0});
      return;
    case k_ESteamNetworkingConnectionState_ClosedByPeer:
    case k_ESteamNetworkingConnectionState_ProblemDetectedLocally: {
      if (connection.phase == Phase::draining) return connection.endpoint->finishDraining(connection);
      if (connection.phase == Phase::ended) return;
      connection.phase = Phase::ended;
      connection.closeText = change->m_info.m_szEndDebug;
      const bool byPeer = change->m_info.m_eState == k_ESteamNetworkingConnectionState_ClosedByPeer;
      const EventKind kind = byPeer ? EventKind::closedByPeer : EventKind::problem;
      connection.endpoint->pushEvent({connection.id, kind, change->m_info.m_eEndReason});
      return;
    }
    default:
      return;
  }
}

Connection& addConnection(uint32_t id, HSteamNetConnection handle, Endpoint* endpoint, Phase phase) {
  auto connection = std::make_unique<Connection>();
  connection->id = id;
  connection->handle = handle;
  connection->endpoint = endpoint;
  connection->phase = phase;
  Connection& added = *connection;
  connectionsByHandle[handle] = &added;
  connections[id] = std::move(connection);
  connectionsNow = connections.size();
  return added;
}

void removeConnection(Connection& connection) {
  connectionsByHandle.erase(connection.handle);
  connections.erase(connection.id);
  connectionsNow = connections.size();
}

void releaseConnection(Connection& connection) {
  sockets()->CloseConnection(connection.handle, 0, nullptr, false);
  removeConnection(connection);
}

size_t connectionCount() { return connectionsNow; }

std::vector<Connection*> connectionsOf(const Endpoint* endpoint) {
  std::vector<Connection*> found;
  for (const auto& entry : connections) {
    if (entry.second->endpoint == endpoint) found.push_back(entry.second.get());
  }
  return found;
}

uint32_t reserveConnectionId() { return ++lastConnectionId; }

Connection* findConnection(uint32_t id) {
  const auto found = connections.find(id);
  return found == connections.end() ? nullptr : found->second.get();
}

void addListenSocket(HSteamListenSocket handle, Endpoint* endpoint) { endpointsByListenSocket[handle] = endpoint; }

void removeListenSocket(HSteamListenSocket handle) { endpointsByListenSocket.erase(handle); }

uint32_t createEndpoint(const Settings& settings) {
  const uint32_t id = ++lastEndpointId;
  endpoints[id] = std::make_unique<Endpoint>(settings);
  return id;
}

Endpoint* findEndpoint(uint32_t id) {
  const auto found = endpoints.find(id);
  return found == endpoints.end() ? nullptr : found->second.get();
}

void destroyEndpoint(uint32_t id) { endpoints.erase(id); }

void destroyAllEndpoints() {
  for (const auto& entry : endpoints) entry.second->shutDown(0);
  endpoints.clear();
}

}  // namespace gns
