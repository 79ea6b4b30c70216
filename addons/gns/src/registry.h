// Which endpoint and which connection a handle of the library belongs to. The library reports status changes per process.
#pragma once

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <vector>

#include "endpoint.h"

namespace gns {

Connection& addConnection(uint32_t id, HSteamNetConnection handle, Endpoint* endpoint, Phase phase);
// Forgets it: status changes of this handle that are still on their way are ignored.
void removeConnection(Connection& connection);
std::vector<Connection*> connectionsOf(const Endpoint* endpoint);
// Of all endpoints. Any thread may ask.
size_t connectionCount();

void addListenSocket(HSteamListenSocket handle, Endpoint* endpoint);
void removeListenSocket(HSteamListenSocket handle);

}  // namespace gns
