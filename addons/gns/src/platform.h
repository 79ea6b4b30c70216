// What the operating system must tell or do and GameNetworkingSockets does not. One file per platform implements it.
#pragma once

#include <steam/steamnetworkingtypes.h>

#include <string>

namespace gns {

enum class BindOutcome { free, inUse, invalid, forbidden, failed };

// Tries to bind a UDP socket to `address` and lets go again. A port of 0 is replaced by a free one. `detail` gets the
// system's words when it does not work.
BindOutcome probeBind(SteamNetworkingIPAddr* address, std::string* detail);

// Asks for receive and send buffers of `bytes` on the UDP socket bound to `port`, and keeps child processes from inheriting
// it. Returns the receive buffer that the system granted, 0 when the socket was not found.
int prepareSocket(uint16 port, int bytes);

}  // namespace gns
