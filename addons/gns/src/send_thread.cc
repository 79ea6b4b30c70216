#include "send_thread.h"

#include <cstring>

#include "library.h"
#include "poll_thread.h"

namespace gns {

void Batch::add(HSteamNetConnection handle, uint32_t id, const uint8_t* payload, size_t length) {
  messages.push_back({handle, id, bytes.size(), length});
  bytes.insert(bytes.end(), payload, payload + length);
}

void Batch::clear() {
  messages.clear();
  bytes.clear();
  flush.clear();
}

SteamNetworkingMessage_t* allocateMessage(HSteamNetConnection handle, const uint8_t* bytes, size_t length, int flags) {
  SteamNetworkingMessage_t* message = utils()->AllocateMessage(static_cast<int>(length));
  message->m_conn = handle;
  message->m_nFlags = flags;
  if (length > 0) memcpy(message->m_pData, bytes, length);
  return message;
}

void sendNow(Batch& batch, std::vector<uint32_t>& refused) {
  if (!batch.messages.empty()) {
    std::vector<SteamNetworkingMessage_t*> messages;
    messages.reserve(batch.messages.size());
    for (const auto& [handle, id, start, length] : batch.messages) {
      const uint8_t* payload = batch.bytes.data() + start;
      messages.push_back(allocateMessage(handle, payload, length, k_nSteamNetworkingSend_UnreliableNoNagle));
    }
    std::vector<int64> results(messages.size(), 0);
    sockets()->SendMessages(static_cast<int>(messages.size()), messages.data(), results.data(), true);
    for (size_t index = 0; index < results.size(); index++) {
      // 0 stands for: not tried, because one before it to the same connection failed.
      if (results[index] <= 0) refused.push_back(batch.messages[index].id);
    }
  }
  for (const HSteamNetConnection connection : batch.flush) sockets()->FlushMessagesOnConnection(connection);
  batch.clear();
}

SendThread::~SendThread() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SendThread::submit(Batch& batch) {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    idle_.wait(lock, [this] { return !busy_; });
    std::swap(sending_, batch);
    busy_ = true;
    if (!thread_.joinable()) thread_ = std::thread(&SendThread::run, this);
  }
  wake_.notify_one();
}

void SendThread::drain() {
  std::unique_lock<std::mutex> lock(mutex_);
  idle_.wait(lock, [this] { return !busy_; });
}

void SendThread::takeRefused(std::vector<uint32_t>& refused) {
  std::lock_guard<std::mutex> lock(mutex_);
  refused.insert(refused.end(), refused_.begin(), refused_.end());
  refused_.clear();
}

void SendThread::run() {
  std::vector<uint32_t> refused;
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return busy_ || stopping_; });
    // What was submitted is sent even when the end is near.
    if (!busy_) return;
    lock.unlock();
    sendNow(sending_, refused);
    pollSoon();
    lock.lock();
    refused_.insert(refused_.end(), refused.begin(), refused.end());
    refused.clear();
    busy_ = false;
    idle_.notify_all();
  }
}

}  // namespace gns
