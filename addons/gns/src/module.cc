// The functions that JavaScript sees. index.d.ts describes them. Ids instead of pointers cross this border, and every call
// looks them up: a stale id, a call after the end or from another thread gets a value or an error, never a crash.
#include "arguments.h"
#include "endpoint.h"
#include "library.h"
#include "statistics.h"

namespace gns {
namespace {

constexpr size_t kMinReceiveSlabBytes = 512 * 1024 + 16;

Endpoint* endpointOf(napi_env env, uint32_t id) { return mayCall(env) ? findEndpoint(id) : nullptr; }

Connection* connectionOf(napi_env env, uint32_t id) {
  Connection* connection = mayCall(env) ? findConnection(id) : nullptr;
  return connection != nullptr && connection->phase != Phase::draining ? connection : nullptr;
}

napi_value CreateEndpoint(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  const Settings settings = {
      arguments.property(0, "connectTimeoutMs", 4000),
      arguments.property(0, "silenceTimeoutMs", 10000),
      arguments.property(0, "sendRateBytesPerSecond", 2 * 1024 * 1024),
      arguments.property(0, "sendBufferBytes", 1024 * 1024),
      arguments.property(0, "socketBufferBytes", 4 * 1024 * 1024),
      arguments.property(0, "pendingUnreliableLimitBytes", 64 * 1024),
  };
  std::string error;
  if (!acquire(env, &error)) return fail(env, "unavailable", error);
  return number(env, createEndpoint(settings));
}

napi_value DestroyEndpoint(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  const uint32_t id = arguments.u32(0);
  Endpoint* endpoint = endpointOf(env, id);
  if (endpoint == nullptr) return boolean(env, false);
  endpoint->shutDown(arguments.i32(1));
  destroyEndpoint(id);
  release();
  return boolean(env, true);
}

napi_value Listen(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Endpoint* endpoint = endpointOf(env, arguments.u32(0));
  if (endpoint == nullptr) return fail(env, "failed", "the transport is disposed");
  std::string bound;
  std::string detail;
  const char* reason = endpoint->listen(arguments.text(1), &bound, &detail);
  return reason == nullptr ? text(env, bound) : fail(env, reason, detail);
}

napi_value ReserveConnectionId(napi_env env, napi_callback_info) { return number(env, reserveConnectionId()); }

napi_value Connect(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Endpoint* endpoint = endpointOf(env, arguments.u32(0));
  const uint32_t id = arguments.u32(1);
  if (endpoint == nullptr || id == 0 || findConnection(id) != nullptr) return boolean(env, false);
  return boolean(env, endpoint->connect(id, arguments.text(2)));
}

napi_value Accept(napi_env env, napi_callback_info info) {
  Connection* connection = connectionOf(env, Arguments(env, info).u32(0));
  return boolean(env, connection != nullptr && connection->endpoint->accept(*connection));
}

napi_value Close(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Connection* connection = connectionOf(env, arguments.u32(0));
  if (connection == nullptr) return boolean(env, false);
  connection->endpoint->close(*connection, arguments.i32(1), arguments.text(2));
  return boolean(env, true);
}

napi_value Release(napi_env env, napi_callback_info info) {
  Connection* connection = connectionOf(env, Arguments(env, info).u32(0));
  if (connection == nullptr) return boolean(env, false);
  releaseConnection(*connection);
  return boolean(env, true);
}

napi_value RemoteAddress(napi_env env, napi_callback_info info) {
  const Connection* connection = connectionOf(env, Arguments(env, info).u32(0));
  return text(env, connection == nullptr ? "" : connection->address);
}

napi_value CloseText(napi_env env, napi_callback_info info) {
  const Connection* connection = connectionOf(env, Arguments(env, info).u32(0));
  return text(env, connection == nullptr ? "" : connection->closeText);
}

napi_value TakeEvents(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Endpoint* endpoint = endpointOf(env, arguments.u32(0));
  void* rows = nullptr;
  size_t length = 0;
  if (endpoint == nullptr) return number(env, 0);
  if (!arguments.typedArray(1, napi_float64_array, &rows, &length)) {
    return fail(env, "argument", "takeEvents: the second argument must be a Float64Array");
  }
  return number(env, static_cast<double>(endpoint->takeEvents(static_cast<double*>(rows), length / 4)));
}

napi_value Receive(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Endpoint* endpoint = endpointOf(env, arguments.u32(0));
  uint8_t* slab = nullptr;
  size_t size = 0;
  if (endpoint == nullptr) return number(env, 0);
  const size_t start = arguments.u32(2);
  if (!arguments.arrayBuffer(1, &slab, &size) || start % 8 != 0 || size < start + kMinReceiveSlabBytes) {
    return fail(env, "argument", "receive: the slab must be an ArrayBuffer with room for " +
                                     std::to_string(kMinReceiveSlabBytes) + " bytes after a start that 8 divides");
  }
  bool more = false;
  const double used = static_cast<double>(endpoint->receive(slab + start, size - start, &more));
  return number(env, more ? -used : used);
}

napi_value SendBatch(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Endpoint* endpoint = endpointOf(env, arguments.u32(0));
  uint8_t* slab = nullptr;
  size_t size = 0;
  if (endpoint == nullptr) return number(env, 0);
  const size_t used = arguments.u32(2);
  if (!arguments.arrayBuffer(1, &slab, &size) || used > size) {
    return fail(env, "argument", "sendBatch: the slab must be an ArrayBuffer that holds the bytes to send");
  }
  return number(env, static_cast<double>(endpoint->sendBatch(slab, used, size)));
}

napi_value SendOne(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Connection* connection = connectionOf(env, arguments.u32(0));
  void* bytes = nullptr;
  size_t length = 0;
  if (connection == nullptr) return number(env, -k_EResultNoConnection);
  if (!arguments.typedArray(1, napi_uint8_array, &bytes, &length)) {
    return fail(env, "argument", "sendOne: the second argument must be a Uint8Array");
  }
  const auto* start = static_cast<const uint8_t*>(bytes);
  return number(env, connection->endpoint->sendOne(*connection, start, length, arguments.boolean(2)));
}

napi_value IsShedding(napi_env env, napi_callback_info info) {
  Connection* connection = connectionOf(env, Arguments(env, info).u32(0));
  return boolean(env, connection != nullptr && connection->endpoint->isShedding(*connection));
}

napi_value ReadStatistics(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  const Connection* connection = connectionOf(env, arguments.u32(0));
  void* out = nullptr;
  size_t length = 0;
  if (connection == nullptr) return boolean(env, false);
  if (!arguments.typedArray(1, napi_float64_array, &out, &length) || length < kStatisticsFields) {
    return fail(env, "argument", "readStatistics: the second argument must be a Float64Array of 8 numbers");
  }
  return boolean(env, readStatistics(*connection, static_cast<double*>(out)));
}

napi_value ReadCounters(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  const Endpoint* endpoint = endpointOf(env, arguments.u32(0));
  void* out = nullptr;
  size_t length = 0;
  if (endpoint == nullptr) return boolean(env, false);
  if (!arguments.typedArray(1, napi_float64_array, &out, &length) || length < 3) {
    return fail(env, "argument", "readCounters: the second argument must be a Float64Array of 3 numbers");
  }
  auto* fields = static_cast<double*>(out);
  fields[0] = endpoint->counters().messagesShed;
  fields[1] = endpoint->counters().messagesFailed;
  fields[2] = endpoint->counters().socketBufferBytes;
  return boolean(env, true);
}

napi_value TakeLog(napi_env env, napi_callback_info) {
  napi_value lines;
  napi_create_array(env, &lines);
  uint32_t index = 0;
  for (const std::string& line : takeLog()) napi_set_element(env, lines, index++, text(env, line));
  return lines;
}

}  // namespace
}  // namespace gns

NAPI_MODULE_INIT() {
  const struct {
    const char* name;
    napi_callback callback;
  } functions[] = {
      {"createEndpoint", gns::CreateEndpoint},
      {"destroyEndpoint", gns::DestroyEndpoint},
      {"listen", gns::Listen},
      {"reserveConnectionId", gns::ReserveConnectionId},
      {"connect", gns::Connect},
      {"accept", gns::Accept},
      {"close", gns::Close},
      {"release", gns::Release},
      {"remoteAddress", gns::RemoteAddress},
      {"closeText", gns::CloseText},
      {"takeEvents", gns::TakeEvents},
      {"receive", gns::Receive},
      {"sendBatch", gns::SendBatch},
      {"sendOne", gns::SendOne},
      {"isShedding", gns::IsShedding},
      {"readStatistics", gns::ReadStatistics},
      {"readCounters", gns::ReadCounters},
      {"takeLog", gns::TakeLog},
  };
  for (const auto& function : functions) {
    napi_value value;
    napi_create_function(env, function.name, NAPI_AUTO_LENGTH, function.callback, nullptr, &value);
    napi_set_named_property(env, exports, function.name, value);
  }
  return exports;
}
