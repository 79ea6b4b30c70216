#include "send_thread.h"

#include "library.h"
#include "poll_thread.h"

namespace gns {

void Batch::clear() {
  messages.clear();
  ids.clear();
  flush.clear();
}

void sendNow(Batch& batch, std::vector<uint32_t>& refused) {
  if (!batch.messages.empty()) {
    std::vector<int64> results(batch.messages.size(), 0);
    sockets()->SendMessages(static_cast<int>(batch.messages.size()), batch.messages.data(), results.data(), true);
    for (size_t index = 0; index < results.size(); index++) {
      // 0 stands for: not tried, because one before it to the same connection failed.
      if (results[index] <= 0) refused.push_back(batch.ids[index]);
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
