#include "endpoint.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "library.h"
#include "platform.h"
#include "registry.h"

namespace gns {
namespace {

constexpr SteamNetworkingMicroseconds kMaxDrainMicroseconds = 3'000'000;
constexpr int kFreePortAttempts = 8;
constexpr int kMaxMessageBytes = 512 * 1024;
// An empty text would be replaced by words of the library.
constexpr const char* kNoText = " ";

// Reliable bytes that the peer has not acknowledged.
int unacknowledgedBytes(const Connection& connection) {
  SteamNetConnectionRealTimeStatus_t status;
  if (sockets()->GetConnectionRealTimeStatus(connection.handle, &status, 0, nullptr) != k_EResultOK) return 0;
  if (status.m_eState != k_ESteamNetworkingConnectionState_Connected) return 0;
  return status.m_cbPendingReliable + status.m_cbSentUnackedReliable;
}

const char* reasonOf(BindOutcome outcome) {
  switch (outcome) {
    case BindOutcome::inUse:
      return "address_in_use";
    case BindOutcome::invalid:
      return "address_invalid";
    case BindOutcome::forbidden:
      return "forbidden";
    default:
      return "failed";
  }
}

}  // namespace

Endpoint::Endpoint(const Settings& settings) : settings_(settings), pollGroup_(sockets()->CreatePollGroup()) {}

Endpoint::~Endpoint() {
  for (SteamNetworkingMessage_t* message : carriedOver_) message->Release();
}

std::vector<SteamNetworkingConfigValue_t> Endpoint::options() const {
  std::vector<SteamNetworkingConfigValue_t> options(6);
  options[0].SetInt32(k_ESteamNetworkingConfig_TimeoutInitial, settings_.connectTimeoutMs);
  options[1].SetInt32(k_ESteamNetworkingConfig_TimeoutConnected, settings_.silenceTimeoutMs);
  options[2].SetInt32(k_ESteamNetworkingConfig_SendRateMin, settings_.sendRateBytesPerSecond);
  options[3].SetInt32(k_ESteamNetworkingConfig_SendRateMax, settings_.sendRateBytesPerSecond);
  options[4].SetInt32(k_ESteamNetworkingConfig_SendBufferSize, settings_.sendBufferBytes);
  options[5].SetInt32(k_ESteamNetworkingConfig_RecvMaxMessageSize, kMaxMessageBytes);
  return options;
}

const char* Endpoint::listen(const std::string& address, std::string* bound, std::string* detail) {
  SteamNetworkingIPAddr wanted;
  if (!wanted.ParseString(address.c_str())) {
    *detail = "not an IP address with a port";
    return "address_invalid";
  }
  const auto settings = options();
  // A free port may be taken by someone else between the probe and the library's own bind.
  const int attempts = wanted.m_port == 0 ? kFreePortAttempts : 1;
  for (int attempt = 0; attempt < attempts; attempt++) {
    SteamNetworkingIPAddr local = wanted;
    const BindOutcome outcome = probeBind(&local, detail);
    if (outcome != BindOutcome::free) return reasonOf(outcome);
    const HSteamListenSocket socket =
        sockets()->CreateListenSocketIP(local, static_cast<int>(settings.size()), settings.data());
    if (socket == k_HSteamListenSocket_Invalid) continue;
    listenSockets_.push_back(socket);
    addListenSocket(socket, this);
    counters_.socketBufferBytes = prepareSocket(local.m_port, settings_.socketBufferBytes);
    char buffer[SteamNetworkingIPAddr::k_cchMaxString];
    local.ToString(buffer, sizeof buffer, true);
    *bound = buffer;
    return nullptr;
  }
  const auto log = takeLog();
  *detail = log.empty() ? "the library gave no reason" : log.back();
  return "failed";
}

bool Endpoint::connect(uint32_t id, const std::string& address) {
  SteamNetworkingIPAddr remote;
  if (!remote.ParseString(address.c_str()) || remote.m_port == 0) return false;
  auto settings = options();
  settings.emplace_back().SetInt64(k_ESteamNetworkingConfig_ConnectionUserData, id);
  const HSteamNetConnection handle =
      sockets()->ConnectByIPAddress(remote, static_cast<int>(settings.size()), settings.data());
  if (handle == k_HSteamNetConnection_Invalid) return false;
  sockets()->SetConnectionPollGroup(handle, pollGroup_);
  addConnection(id, handle, this, Phase::handshaking).address = address;
  return true;
}

bool Endpoint::accept(Connection& connection) {
  if (connection.phase != Phase::asking) return false;
  connection.phase = Phase::handshaking;
  sockets()->SetConnectionUserData(connection.handle, connection.id);
  sockets()->SetConnectionPollGroup(connection.handle, pollGroup_);
  // When the peer is gone already, its end comes as an event of its own.
  return sockets()->AcceptConnection(connection.handle) == k_EResultOK;
}

void Endpoint::close(Connection& connection, int reason, const std::string& text) {
  if (connection.phase == Phase::draining) return;
  if (connection.phase == Phase::open) {
    // What was sent to it before leaves before.
    sendThread_.drain();
    sockets()->FlushMessagesOnConnection(connection.handle);
    if (unacknowledgedBytes(connection) > 0) return beginDraining(connection, reason, text);
  }
  sockets()->CloseConnection(connection.handle, reason, text.c_str(), false);
  removeConnection(connection);
}

// The library's own lingering cannot be asked how far it is, and does not survive a shutdown: it is done here instead.
void Endpoint::beginDraining(Connection& connection, int reason, const std::string& text) {
  connection.phase = Phase::draining;
  connection.closeReason = reason;
  connection.closeText = text;
  connection.drainDeadline = utils()->GetLocalTimestamp() + kMaxDrainMicroseconds;
  draining_.insert(connection.id);
}

void Endpoint::finishDraining(Connection& connection) {
  draining_.erase(connection.id);
  sockets()->CloseConnection(connection.handle, connection.closeReason, connection.closeText.c_str(), false);
  removeConnection(connection);
}

void Endpoint::serviceDraining() {
  if (draining_.empty()) return;
  const SteamNetworkingMicroseconds now = utils()->GetLocalTimestamp();
  const std::vector<uint32_t> ids(draining_.begin(), draining_.end());
  for (const uint32_t id : ids) {
    Connection& connection = *findConnection(id);
    if (now >= connection.drainDeadline || unacknowledgedBytes(connection) == 0) finishDraining(connection);
  }
}

size_t Endpoint::takeEvents(double* rows, size_t maxRows) {
  sockets()->RunCallbacks();
  serviceDraining();
  const size_t count = std::min(maxRows, events_.size());
  for (size_t row = 0; row < count; row++) {
    const Event& event = events_.front();
    rows[row * 4] = event.connection;
    rows[row * 4 + 1] = static_cast<double>(event.kind);
    rows[row * 4 + 2] = event.reason;
    rows[row * 4 + 3] = 0;
    events_.pop_front();
  }
  return count;
}

void Endpoint::shutDown(int maxMs) {
  sendThread_.drain();
  for (Connection* connection : connectionsOf(this)) close(*connection, k_ESteamNetConnectionEnd_App_Generic, kNoText);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(maxMs);
  while (!draining_.empty() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    sockets()->RunCallbacks();
    serviceDraining();
  }
  for (Connection* connection : connectionsOf(this)) {
    if (connection->phase == Phase::draining) {
      finishDraining(*connection);
    } else {
      // Asked for a connection while the rest was draining.
      close(*connection, k_ESteamNetConnectionEnd_App_Generic, kNoText);
    }
  }
  for (const HSteamListenSocket socket : listenSockets_) {
    sockets()->CloseListenSocket(socket);
    removeListenSocket(socket);
  }
  listenSockets_.clear();
  sockets()->DestroyPollGroup(pollGroup_);
}

}  // namespace gns
