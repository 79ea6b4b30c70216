// The life of GameNetworkingSockets in this process, and which JavaScript environment owns it.
#pragma once

#include <node_api.h>
#include <steam/isteamnetworkingutils.h>
#include <steam/steamnetworkingsockets.h>

#include <string>
#include <vector>

namespace gns {

// The library's interfaces, null while it is not running: calling it before Init or after Kill crashes the process.
ISteamNetworkingSockets* sockets();
ISteamNetworkingUtils* utils();

// Claims the library for `env` and starts it if it is not running. Connection events are delivered to whichever thread
// asks for them, so one environment owns all of them. False: `error` says why.
bool acquire(napi_env env, std::string* error);

// Undoes one successful `acquire`; the last one stops the library.
void release();

// True when `env` is the owner and the library runs: every entry point asks first.
bool mayCall(napi_env env);

// Warnings and errors that the library printed since the last call, at most 64.
std::vector<std::string> takeLog();

}  // namespace gns
