#include "library.h"

#include <cstdlib>
#include <mutex>

#include "endpoint.h"
#include "poll_thread.h"

// GameNetworkingSockets parses handshakes with protobuf, which prints complaints about bad UTF-8 to stderr, past the
// library's own log. Declared weak: versions from 22 on log through Abseil and have no such function.
namespace google::protobuf {
enum LogLevel : int;
using LogHandler = void(LogLevel level, const char* file, int line, const std::string& message);
__attribute__((weak)) LogHandler* SetLogHandler(LogHandler* handler);
}  // namespace google::protobuf

namespace gns {
namespace {

constexpr size_t kLogLines = 64;

ISteamNetworkingSockets* activeSockets = nullptr;
ISteamNetworkingUtils* activeUtils = nullptr;
napi_env owner = nullptr;
int references = 0;
bool exitHandlerInstalled = false;

std::mutex logMutex;
std::vector<std::string> logLines;

// Called on the library's service thread too.
void onLog(ESteamNetworkingSocketsDebugOutputType, const char* message) {
  std::lock_guard<std::mutex> lock(logMutex);
  if (logLines.size() < kLogLines) logLines.emplace_back(message);
}

void stop() {
  if (activeSockets == nullptr) return;
  activeSockets = nullptr;
  activeUtils = nullptr;
  references = 0;
  stopPolling();
  GameNetworkingSockets_Kill();
}

void closeAndStop() {
  destroyAllEndpoints();
  stop();
}

void onEnvironmentGone(void* environment) {
  if (owner != environment) return;
  closeAndStop();
  owner = nullptr;
}

bool start(std::string* error) {
  if (google::protobuf::SetLogHandler != nullptr) google::protobuf::SetLogHandler(nullptr);
  preparePolling();
  SteamNetworkingErrMsg message;
  if (!GameNetworkingSockets_Init(nullptr, message)) {
    *error = std::string("GameNetworkingSockets does not start: ") + message;
    return false;
  }
  activeSockets = SteamNetworkingSockets();
  activeUtils = SteamNetworkingUtils();
  activeUtils->SetDebugOutputFunction(k_ESteamNetworkingSocketsDebugOutputType_Warning, onLog);
  activeUtils->SetGlobalCallback_SteamNetConnectionStatusChanged(onStatusChanged);
  // Without a certificate authority of ours every peer is unauthenticated; 2 means: and that is not worth a warning.
  activeUtils->SetGlobalConfigValueInt32(k_ESteamNetworkingConfig_IP_AllowWithoutAuth, 2);
  activeUtils->SetGlobalConfigValueInt32(k_ESteamNetworkingConfig_IPLocalHost_AllowWithoutAuth, 2);
  if (!exitHandlerInstalled) {
    // process.exit() skips environment clean-up; a service thread that outlives the library's statics crashes.
    std::atexit(closeAndStop);
    exitHandlerInstalled = true;
  }
  startPolling();
  return true;
}

}  // namespace

ISteamNetworkingSockets* sockets() { return activeSockets; }
ISteamNetworkingUtils* utils() { return activeUtils; }

bool acquire(napi_env env, std::string* error) {
  if (owner != nullptr && owner != env) {
    *error = "GameNetworkingSockets belongs to another JavaScript thread of this process: create every transport on that one";
    return false;
  }
  if (activeSockets == nullptr && !start(error)) return false;
  if (owner == nullptr) {
    owner = env;
    napi_add_env_cleanup_hook(env, onEnvironmentGone, env);
  }
  references++;
  return true;
}

void release() {
  if (references > 0 && --references == 0) stop();
}

bool mayCall(napi_env env) { return env == owner && activeSockets != nullptr; }

std::vector<std::string> takeLog() {
  std::vector<std::string> taken;
  std::lock_guard<std::mutex> lock(logMutex);
  taken.swap(logLines);
  return taken;
}

}  // namespace gns
