#include "statistics.h"

#include "library.h"

namespace gns {

bool readStatistics(const Connection& connection, double* out) {
  SteamNetConnectionRealTimeStatus_t status;
  if (connection.phase != Phase::open) return false;
  if (sockets()->GetConnectionRealTimeStatus(connection.handle, &status, 0, nullptr) != k_EResultOK) return false;
  out[0] = status.m_nPing;
  out[1] = status.m_flInBytesPerSec;
  out[2] = status.m_flOutBytesPerSec;
  out[3] = status.m_cbPendingUnreliable;
  out[4] = status.m_cbPendingReliable;
  out[5] = status.m_cbSentUnackedReliable;
  out[6] = status.m_flConnectionQualityLocal;
  out[7] = status.m_flConnectionQualityRemote;
  return true;
}

}  // namespace gns
