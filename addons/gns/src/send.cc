#include <algorithm>
#include <cstring>

#include "endpoint.h"
#include "library.h"

namespace gns {
namespace {

constexpr size_t kHeaderBytes = 8;

// Asking the library how much waits takes its locks: it is asked once per this many bytes to a connection. That bounds
// what waits to the limit plus this.
constexpr int kCheckEveryBytes = 16 * 1024;

// From so many messages on a batch is sent by a thread of its own.
constexpr size_t kThreadedMessages = 16;

}  // namespace

bool Endpoint::isShedding(Connection& connection) {
  SteamNetConnectionRealTimeStatus_t status;
  connection.unreliableBytesSinceCheck = 0;
  connection.shedding =
      sockets()->GetConnectionRealTimeStatus(connection.handle, &status, 0, nullptr) == k_EResultOK &&
      status.m_cbPendingUnreliable > settings_.pendingUnreliableLimitBytes;
  return connection.shedding;
}

size_t Endpoint::sendBatch(uint8_t* slab, size_t used, size_t capacity) {
  batchNumber_++;
  dropped_.clear();
  size_t offset = 0;
  while (offset + kHeaderBytes <= used) {
    uint32_t header[2];
    memcpy(header, slab + offset, sizeof header);
    const size_t length = header[1];
    if (length > used - offset - kHeaderBytes) break;
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
      dropped_.push_back(connection->id);
      continue;
    }
    batch_.add(connection->handle, connection->id, payload, length);
  }
  for (const uint32_t id : unflushed_) {
    const Connection* connection = findConnection(id);
    if (connection != nullptr) batch_.flush.push_back(connection->handle);
  }
  unflushed_.clear();
  const size_t shed = dropped_.size();
  if (batch_.messages.size() >= kThreadedMessages) {
    sendThread_.submit(batch_);
  } else if (!batch_.messages.empty() || !batch_.flush.empty()) {
    // Waking a thread takes longer than a few messages do. What was submitted before goes first.
    sendThread_.drain();
    sendNow(batch_, dropped_);
  }
  sendThread_.takeRefused(dropped_);
  counters_.messagesFailed += static_cast<double>(dropped_.size() - shed);
  // Two batches at most, and every record was at least as large as two ids: they fit.
  const size_t told = std::min(dropped_.size(), capacity / sizeof(uint32_t));
  if (told > 0) memcpy(slab, dropped_.data(), told * sizeof(uint32_t));
  return told;
}

int Endpoint::sendOne(Connection& connection, const uint8_t* bytes, size_t length, bool reliable) {
  if (connection.phase != Phase::open) return -k_EResultNoConnection;
  if (length > static_cast<size_t>(k_cbMaxSteamNetworkingSocketsMessageSizeSend)) return -k_EResultInvalidParam;
  // Reliable messages wait for the Nagle timer or the next flush, so that many small ones share a packet.
  const int flags = reliable ? k_nSteamNetworkingSend_Reliable : k_nSteamNetworkingSend_UnreliableNoNagle;
  SteamNetworkingMessage_t* message = allocateMessage(connection.handle, bytes, length, flags);
  int64 result = 0;
  sockets()->SendMessages(1, &message, &result, true);
  if (result <= 0) {
    counters_.messagesFailed++;
    return result < 0 ? static_cast<int>(result) : -k_EResultFail;
  }
  if (reliable && (unflushed_.empty() || unflushed_.back() != connection.id)) unflushed_.push_back(connection.id);
  return 0;
}

}  // namespace gns
