// Reading the arguments of a call from JavaScript and building its result.
#pragma once

#include <node_api.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace gns {

class Arguments {
 public:
  static constexpr size_t kMax = 6;

  // Missing arguments read as `undefined`: the readers below then give 0, false or an empty string.
  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    size_t count = kMax;
    napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
  }

  uint32_t u32(size_t index) const {
    uint32_t value = 0;
    napi_get_value_uint32(env_, values_[index], &value);
    return value;
  }

  int32_t i32(size_t index) const {
    int32_t value = 0;
    napi_get_value_int32(env_, values_[index], &value);
    return value;
  }

  bool boolean(size_t index) const {
    bool value = false;
    napi_get_value_bool(env_, values_[index], &value);
    return value;
  }

  std::string text(size_t index) const {
    size_t length = 0;
    if (napi_get_value_string_utf8(env_, values_[index], nullptr, 0, &length) != napi_ok) return {};
    std::string value(length, '\0');
    napi_get_value_string_utf8(env_, values_[index], value.data(), length + 1, &length);
    return value;
  }

  // An integer property of an options object; `fallback` when it is missing or no number.
  int32_t property(size_t index, const char* name, int32_t fallback) const {
    napi_valuetype type;
    napi_value value;
    int32_t number = fallback;
    // Asking `undefined` for a property would throw.
    if (napi_typeof(env_, values_[index], &type) != napi_ok || type != napi_object) return fallback;
    if (napi_get_named_property(env_, values_[index], name, &value) == napi_ok) {
      napi_get_value_int32(env_, value, &number);
    }
    return number;
  }

  bool arrayBuffer(size_t index, uint8_t** data, size_t* size) const {
    void* start = nullptr;
    if (napi_get_arraybuffer_info(env_, values_[index], &start, size) != napi_ok) return false;
    *data = static_cast<uint8_t*>(start);
    return true;
  }

  bool typedArray(size_t index, napi_typedarray_type wanted, void** data, size_t* length) const {
    napi_typedarray_type type;
    if (napi_get_typedarray_info(env_, values_[index], &type, length, data, nullptr, nullptr) != napi_ok) return false;
    return type == wanted;
  }

 private:
  napi_env env_;
  napi_value values_[kMax] = {};
};

inline napi_value number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

inline napi_value boolean(napi_env env, bool value) {
  napi_value result;
  napi_get_boolean(env, value, &result);
  return result;
}

inline napi_value text(napi_env env, const std::string& value) {
  napi_value result;
  napi_create_string_utf8(env, value.data(), value.size(), &result);
  return result;
}

inline napi_value fail(napi_env env, const char* code, const std::string& message) {
  napi_throw_error(env, code, message.c_str());
  return nullptr;
}

}  // namespace gns
