// A thread that gives batches of messages to the library, which encrypts each of them and makes a system call for it: some
// 10 us per message that the JavaScript thread does not spend.
#pragma once

#include <steam/steamnetworkingsockets.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace gns {

// Unreliable messages that leave together, and the connections whose held back reliable messages leave after them. The library's own
// messages are made of it by whoever sends: that takes its locks, and an allocation for each.
struct Batch {
  struct Message {
    HSteamNetConnection handle;
    uint32_t id;
    size_t start;
    size_t length;
  };
  std::vector<Message> messages;
  // Payloads of all messages.
  std::vector<uint8_t> bytes;
  std::vector<HSteamNetConnection> flush;

  void add(HSteamNetConnection handle, uint32_t id, const uint8_t* payload, size_t length);
  void clear();
};

// A message of the library with a copy of the bytes.
SteamNetworkingMessage_t* allocateMessage(HSteamNetConnection handle, const uint8_t* bytes, size_t length, int flags);

// Gives a batch to the library on the calling thread, and empties it. Connections whose messages the library did not take are
// added to `refused`.
void sendNow(Batch& batch, std::vector<uint32_t>& refused);

// Its methods belong to one thread.
class SendThread {
 public:
  SendThread() = default;
  ~SendThread();
  SendThread(const SendThread&) = delete;
  SendThread& operator=(const SendThread&) = delete;

  // Takes what the batch holds and leaves it empty. Waits while an earlier batch is being sent, so that no more than one is behind.
  // Starts the thread with the first batch.
  void submit(Batch& batch);

  // Waits until everything that was submitted is with the library.
  void drain();

  // Adds the connections whose messages the library did not take since the last call.
  void takeRefused(std::vector<uint32_t>& refused);

 private:
  void run();

  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  bool busy_ = false;
  bool stopping_ = false;
  Batch sending_;
  std::vector<uint32_t> refused_;
};

}  // namespace gns
