#include <cstring>

#include "endpoint.h"
#include "library.h"

namespace gns {
namespace {

constexpr size_t kHeaderBytes = 8;

// Asking the library how much waits takes its locks: it is asked once per this many bytes to a connection. That bounds
// what waits to the limit plus this.
constexpr int kCheckEveryBytes = 16 * 1024;

SteamNetworkingMessage_t* allocate(const Connection& connection, const uint8_t* bytes, size_t length, int flags) {
  SteamNetworkingMessage_t* message = utils()->AllocateMessage(static_cast<int>(length));
  message->m_conn = connection.handle;
  message->m_nFlags = flags;
  if (length > 0) memcpy(message->m_pData, bytes, length);
  return message;
}

}  // namespace

bool Endpoint::isShedding(Connection& connection) {
  SteamNetConnectionRealTimeStatus_t status;
  connection.unreliableBytesSinceCheck = 0;
  connection.shedding =
      sockets()->GetConnectionRealTimeStatus(connection.handle, &status, 0, nullptr) == k_EResultOK &&
      status.m_cbPendingUnreliable > settings_.pendingUnreliableLimitBytes;
  return connection.shedding;
}

size_t Endpoint::sendBatch(uint8_t* slab, size_t size) {
  batch_.clear();
  batchIds_.clear();
  batchNumber_++;
  std::vector<uint32_t> dropped;
  size_t offset = 0;
  while (offset + kHeaderBytes <= size) {
    uint32_t header[2];
    memcpy(header, slab + offset, sizeof header);
    const size_t length = header[1];
    if (length > size - offset - kHeaderBytes) break;
    const uint8_t* payload = slab + offset + kHeaderBytes;
    offset += kHeaderBytes + ((length + 7) & ~size_t{7});

    Connection* connection = findConnection(header[0]);
    if (connection == nullptr || connection->endpoint != this || connection->phase != Phase::open) continue;
    connection->unreliableBytesSinceCheck += static_cast<int>(length);
    const bool askAgain = connection->shedding || connection->unreliableBytesSinceCheck > kCheckEveryBytes;
    if (askAgain && connection->checkedInBatch != batchNumber_) {
      connection->checkedInBatch = batchNumber_;
      isShedding(*connection);
    }
    if (connection->shedding) {
      counters_.messagesShed++;
      dropped.push_back(connection->id);
      continue;
    }
    batch_.push_back(allocate(*connection, payload, length, k_nSteamNetworkingSend_UnreliableNoNagle));
    batchIds_.push_back(connection->id);
  }
  if (!batch_.empty()) {
    batchResults_.assign(batch_.size(), 0);
    sockets()->SendMessages(static_cast<int>(batch_.size()), batch_.data(), batchResults_.data(), true);
    for (size_t index = 0; index < batch_.size(); index++) {
      // 0 stands for: not tried, because one before it to the same connection failed.
      if (batchResults_[index] > 0) continue;
      counters_.messagesFailed++;
      dropped.push_back(batchIds_[index]);
    }
  }
  flushReliable();
  // Every record was at least as large as an id, so the ids fit.
  if (!dropped.empty()) memcpy(slab, dropped.data(), dropped.size() * sizeof(uint32_t));
  return dropped.size();
}

int Endpoint::sendOne(Connection& connection, const uint8_t* bytes, size_t length, bool reliable) {
  if (connection.phase != Phase::open) return -k_EResultNoConnection;
  if (length > static_cast<size_t>(k_cbMaxSteamNetworkingSocketsMessageSizeSend)) return -k_EResultInvalidParam;
  // Reliable messages wait for the Nagle timer or the next flush, so that many small ones share a packet.
  const int flags = reliable ? k_nSteamNetworkingSend_Reliable : k_nSteamNetworkingSend_UnreliableNoNagle;
  SteamNetworkingMessage_t* message = allocate(connection, bytes, length, flags);
  int64 result = 0;
  sockets()->SendMessages(1, &message, &result, true);
  if (result <= 0) {
    counters_.messagesFailed++;
    return result < 0 ? static_cast<int>(result) : -k_EResultFail;
  }
  if (reliable && (unflushed_.empty() || unflushed_.back() != connection.id)) unflushed_.push_back(connection.id);
  return 0;
}

void Endpoint::flushReliable() {
  for (const uint32_t id : unflushed_) {
    const Connection* connection = findConnection(id);
    if (connection != nullptr) sockets()->FlushMessagesOnConnection(connection->handle);
  }
  unflushed_.clear();
}

}  // namespace gns
