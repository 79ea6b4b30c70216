#include "memory_limits.h"
#include "convert.h"

namespace gts {

namespace {

struct MemoryLimit {
  const char *setting, *flag;
  const char *zero; // what 0 means, for messages
  int64_t least, most, normal; // megabytes
};

constexpr MemoryLimit old_generation{"godot_ts/heap_limit_mb", "--max-old-space-size", "V8's own limit", 32, 65536, 0};
/// Left to itself, V8 begins with 1 MB, doubles it up to 16 whenever enough has survived, and gives memory back when little is
/// made: a game that runs evenly would grow by megabytes minutes after its start. It has one size, and keeps it.
constexpr MemoryLimit young_half{"godot_ts/semi_space_mb", "--max-semi-space-size", "V8's own limit", 1, 64, 4};

void set_flag(const char *flag, int64_t megabytes) {
  const std::string text = std::string(flag) + "=" + std::to_string(megabytes);
  v8::V8::SetFlagsFromString(text.c_str(), text.size());
}

/// What the project settings say, 0 for V8's own way.
int64_t wanted(const MemoryLimit &limit) {
  static MethodBind has{"ProjectSettings", "has_setting", 3927539163}, get{"ProjectSettings", "get_setting", 223050753};
  void *settings = gd::global_get_singleton(interned("ProjectSettings").ptr());
  String name(limit.setting);
  Variant none, value;
  const void *args[] = {name.ptr(), none.ptr()};
  GDExtensionBool found = false;
  has.call(settings, args, &found);
  if (!found) return limit.normal;
  get.call(settings, args, value.ptr());
  int64_t megabytes = -1;
  if (value.type() == T_INT) variant_to[T_INT](&megabytes, value.ptr());
  if (megabytes == 0 || (megabytes >= limit.least && megabytes <= limit.most)) return megabytes;
  const std::string used = limit.normal == 0 ? std::string(limit.zero) + " is" : std::to_string(limit.normal) + " MB are";
  print_engine_error("The project setting " + std::string(limit.setting) + " must be 0 (" + limit.zero + ") or " + std::to_string(limit.least) + " to " + std::to_string(limit.most) +
                     " megabytes; it is " + variant_to_utf8(value.ptr()) + ". " + used + " used", "start");
  return limit.normal;
}

} // namespace

void set_memory_limits() {
  if (int64_t megabytes = wanted(old_generation)) set_flag(old_generation.flag, megabytes);
  if (int64_t megabytes = wanted(young_half)) {
    set_flag("--min-semi-space-size", megabytes);
    set_flag(young_half.flag, megabytes);
    // It takes pages away between frames that calm ones would soon need again, and collects everything to do so.
    constexpr std::string_view keep = "--no-memory-reducer";
    v8::V8::SetFlagsFromString(keep.data(), keep.size());
  }
}

} // namespace gts
