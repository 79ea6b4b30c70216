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

// Messages that leave together, and the connections whose held back reliable messages leave after them.
struct Batch {
  std::vector<SteamNetworkingMessage_t*> messages;
  // Connection of each message.
  std::vector<uint32_t> ids;
  std::vector<HSteamNetConnection> flush;

  void clear();
};

// Gives a batch to the library on the calling thread, and empties it. Connections whose messages the library did not take are
// added to `refused`.
void sendNow(Batch& batch, std::vector<uint32_t>& refused);

// Its methods belong to one thread. It owns the messages that it was given.
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
