// Math values between the engine's memory and the scratch that JavaScript shares.
#include "convert.h"

namespace gts {

void scratch_to_native(int type, const double *numbers, void *out) {
  if (type == T_RID) {
    *static_cast<uint64_t *>(out) = static_cast<uint64_t>(numbers[0]) | static_cast<uint64_t>(numbers[1]) << 32;
    return;
  }
  int count = component_count(type);
  if (has_int_components(type)) {
    auto *target = static_cast<int32_t *>(out);
    for (int i = 0; i < count; i++) target[i] = static_cast<int32_t>(numbers[i]);
  } else {
    auto *target = static_cast<float *>(out);
    for (int i = 0; i < count; i++) target[i] = static_cast<float>(numbers[i]);
  }
}

void native_to_scratch(int type, const void *value, double *numbers) {
  if (type == T_RID) {
    uint64_t id = *static_cast<const uint64_t *>(value);
    numbers[0] = static_cast<double>(id & 0xffffffffu);
    numbers[1] = static_cast<double>(id >> 32);
    return;
  }
  int count = component_count(type);
  if (has_int_components(type)) {
    auto *source = static_cast<const int32_t *>(value);
    for (int i = 0; i < count; i++) numbers[i] = source[i];
  } else {
    auto *source = static_cast<const float *>(value);
    for (int i = 0; i < count; i++) numbers[i] = source[i];
  }
}

} // namespace gts
