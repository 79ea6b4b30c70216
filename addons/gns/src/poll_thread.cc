#include "poll_thread.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "registry.h"

// Exported by the library, and in none of its installed headers. Declared weak: a build may lack them.
extern "C" {
__attribute__((weak)) void SteamNetworkingSockets_SetManualPollMode(bool manual);
__attribute__((weak)) void SteamNetworkingSockets_Poll(int maxWaitMilliseconds);
}

namespace gns {
namespace {

using Clock = std::chrono::steady_clock;

// From so many connections on there are rests.
constexpr size_t kCrowd = 16;
// From the beginning of one turn to that of the next, where there are rests: a quarter of a tick.
constexpr auto kTurnEvery = std::chrono::milliseconds(4);
// How long a turn without rests waits for a packet, and so how long `stopPolling` waits at most.
constexpr int kMaxWaitMilliseconds = 10;

std::thread thread;
std::mutex mutex;
std::condition_variable wake;
bool stopping = false;
bool wanted = false;

bool canPoll() {
  return SteamNetworkingSockets_SetManualPollMode != nullptr && SteamNetworkingSockets_Poll != nullptr;
}

void takeTurns() {
  std::unique_lock<std::mutex> lock(mutex);
  while (!stopping) {
    const auto began = Clock::now();
    const bool rests = connectionCount() >= kCrowd;
    wanted = false;
    lock.unlock();
    SteamNetworkingSockets_Poll(rests ? 0 : kMaxWaitMilliseconds);
    lock.lock();
    if (rests) wake.wait_until(lock, began + kTurnEvery, [] { return stopping || wanted; });
  }
}

}  // namespace

void preparePolling() {
  if (canPoll()) SteamNetworkingSockets_SetManualPollMode(true);
}

void startPolling() {
  if (!canPoll() || thread.joinable()) return;
  stopping = false;
  thread = std::thread(takeTurns);
}

void stopPolling() {
  if (!thread.joinable()) return;
  {
    std::lock_guard<std::mutex> lock(mutex);
    stopping = true;
  }
  wake.notify_one();
  thread.join();
}

void pollSoon() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    wanted = true;
  }
  wake.notify_one();
}

}  // namespace gns
