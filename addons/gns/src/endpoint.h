// An endpoint is one transport's share of the library: its listen sockets, its connections, its poll group and its queue of
// events. All of it is touched only by the owning JavaScript thread; large batches of messages are given to a thread that sends them.
#pragma once

#include <steam/steamnetworkingsockets.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "send_thread.h"

namespace gns {

struct Settings {
  int connectTimeoutMs;
  int silenceTimeoutMs;
  int sendRateBytesPerSecond;
  int sendBufferBytes;
  int socketBufferBytes;
  int pendingUnreliableLimitBytes;
};

enum class EventKind { asking = 1, open = 2, closedByPeer = 3, problem = 4 };

struct Event {
  uint32_t connection;
  EventKind kind;
  int reason;
};

// asking: a peer waits for our answer. handshaking: on its way to open. ended: only `releaseConnection` is left to do.
// draining: closed for JavaScript, kept until what was sent reliably has been acknowledged.
enum class Phase { asking, handshaking, open, ended, draining };

class Endpoint;

struct Connection {
  uint32_t id;
  HSteamNetConnection handle;
  Endpoint* endpoint;
  Phase phase;
  std::string address;
  std::string closeText;
  int closeReason = 0;
  SteamNetworkingMicroseconds drainDeadline = 0;
  // Load shedding, see send.cc.
  int unreliableBytesSinceCheck = 0;
  uint64_t checkedInBatch = 0;
  bool shedding = false;
};

struct Counters {
  double messagesShed = 0;
  double messagesFailed = 0;
  double socketBufferBytes = 0;
};

class Endpoint {
 public:
  explicit Endpoint(const Settings& settings);
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  // Zero-terminated reason code ("address_in_use", "address_invalid", "forbidden", "failed") or null when it listens; `bound` and
  // `detail` are filled accordingly.
  const char* listen(const std::string& address, std::string* bound, std::string* detail);

  // Starts to connect with an id from `reserveConnectionId`. False: the address is no "ip:port".
  bool connect(uint32_t id, const std::string& address);

  bool accept(Connection& connection);

  // Ends a connection from our side. Reason and text reach the peer.
  void close(Connection& connection, int reason, const std::string& text);

  // Writes rows of four numbers (connection, kind, reason, 0) and returns how many rows; the rest waits for the next call.
  size_t takeEvents(double* rows, size_t maxRows);

  // Writes records (u32 connection, u32 length, payload, padding to 8 bytes). Returns the bytes written; `more` says that
  // messages wait that did not fit.
  size_t receive(uint8_t* slab, size_t size, bool* more);

  // Sends unreliable records of the same layout, many of them on a thread of their own. Ids of the dropped ones, also of an earlier
  // batch that was still being sent, are written to the start of the slab; returns their number. Afterwards what waits for the
  // Nagle timer leaves too.
  size_t sendBatch(uint8_t* slab, size_t used, size_t capacity);

  // Sends one message. 0, or a negative EResult.
  int sendOne(Connection& connection, const uint8_t* bytes, size_t length, bool reliable);

  // True while unreliable messages to this connection are dropped because too many bytes wait.
  bool isShedding(Connection& connection);

  // Waits until what was sent reliably is acknowledged, at most `maxMs`, then closes everything.
  void shutDown(int maxMs);

  void pushEvent(const Event& event) { events_.push_back(event); }
  void finishDraining(Connection& connection);

  const Counters& counters() const { return counters_; }

 private:
  std::vector<SteamNetworkingConfigValue_t> options() const;
  void beginDraining(Connection& connection, int reason, const std::string& text);
  void serviceDraining();

  Settings settings_;
  HSteamNetPollGroup pollGroup_;
  std::vector<HSteamListenSocket> listenSockets_;
  std::deque<Event> events_;
  std::deque<SteamNetworkingMessage_t*> carriedOver_;
  std::unordered_set<uint32_t> draining_;
  std::vector<uint32_t> unflushed_;
  Batch batch_;
  std::vector<uint32_t> dropped_;
  uint64_t batchNumber_ = 0;
  SendThread sendThread_;
  Counters counters_;
};

// The tables of this process.
uint32_t createEndpoint(const Settings& settings);
Endpoint* findEndpoint(uint32_t id);
void destroyEndpoint(uint32_t id);
void destroyAllEndpoints();

uint32_t reserveConnectionId();
Connection* findConnection(uint32_t id);
// Frees the library's side of a connection that ended.
void releaseConnection(Connection& connection);

void onStatusChanged(SteamNetConnectionStatusChangedCallback_t* change);

}  // namespace gns
