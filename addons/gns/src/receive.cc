#include <cstring>

#include "endpoint.h"
#include "library.h"

namespace gns {
namespace {

constexpr int kFetch = 256;
constexpr size_t kHeaderBytes = 8;

// False: it does not fit into what is left of the slab.
bool append(const SteamNetworkingMessage_t& message, uint8_t* slab, size_t size, size_t* used) {
  const size_t length = static_cast<size_t>(message.m_cbSize);
  const size_t padded = kHeaderBytes + ((length + 7) & ~size_t{7});
  if (padded > size - *used) return false;
  uint8_t* record = slab + *used;
  const uint32_t header[2] = {static_cast<uint32_t>(message.m_nConnUserData), static_cast<uint32_t>(length)};
  memcpy(record, header, sizeof header);
  if (length > 0) memcpy(record + kHeaderBytes, message.m_pData, length);
  *used += padded;
  return true;
}

}  // namespace

size_t Endpoint::receive(uint8_t* slab, size_t size, bool* more) {
  size_t used = 0;
  while (!carriedOver_.empty()) {
    SteamNetworkingMessage_t* message = carriedOver_.front();
    if (!append(*message, slab, size, &used)) break;
    message->Release();
    carriedOver_.pop_front();
  }
  SteamNetworkingMessage_t* fetched[kFetch];
  int count = kFetch;
  while (count == kFetch && carriedOver_.empty()) {
    count = sockets()->ReceiveMessagesOnPollGroup(pollGroup_, fetched, kFetch);
    for (int index = 0; index < count; index++) {
      // Once one does not fit, all later ones wait: the order stays.
      if (carriedOver_.empty() && append(*fetched[index], slab, size, &used)) {
        fetched[index]->Release();
      } else {
        carriedOver_.push_back(fetched[index]);
      }
    }
  }
  *more = !carriedOver_.empty();
  return used;
}

}  // namespace gns
