#pragma once

#include "endpoint.h"

namespace gns {

constexpr size_t kStatisticsFields = 8;

// Fills round-trip time in ms (-1 unknown), bytes per second in and out, pending unreliable, pending reliable and
// unacknowledged reliable bytes, local and remote quality (0 to 1, -1 unknown). False: the connection is not open.
bool readStatistics(const Connection& connection, double* out);

}  // namespace gns
