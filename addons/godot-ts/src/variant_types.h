// Variant types, and owners for the engine values that we hold in C++.
#pragma once
#include "godot_interface.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gts {

/// Variant types as the engine numbers them, then three of ours (generate-api.mjs uses the same numbers).
enum Type : int {
  T_NIL, T_BOOL, T_INT, T_FLOAT, T_STRING, T_VECTOR2, T_VECTOR2I, T_RECT2, T_RECT2I, T_VECTOR3, T_VECTOR3I,
  T_TRANSFORM2D, T_VECTOR4, T_VECTOR4I, T_PLANE, T_QUATERNION, T_AABB, T_BASIS, T_TRANSFORM3D, T_PROJECTION, T_COLOR,
  T_STRING_NAME, T_NODE_PATH, T_RID, T_OBJECT, T_CALLABLE, T_SIGNAL, T_DICTIONARY, T_ARRAY, T_PACKED_BYTE,
  T_PACKED_INT32, T_PACKED_INT64, T_PACKED_FLOAT32, T_PACKED_FLOAT64, T_PACKED_STRING, T_PACKED_VECTOR2,
  T_PACKED_VECTOR3, T_PACKED_COLOR, T_PACKED_VECTOR4,
  T_VARIANT_COUNT,
  T_VARIANT = T_VARIANT_COUNT, // any value
  T_VOID,
  T_UNSUPPORTED, // raw pointers
};

/// Per Variant type: the engine's constructors and destructors. Filled by init_variant_types().
extern GDExtensionVariantFromTypeConstructorFunc variant_from[T_VARIANT_COUNT];
extern GDExtensionTypeFromVariantConstructorFunc variant_to[T_VARIANT_COUNT];
extern GDExtensionPtrDestructor destroy_value[T_VARIANT_COUNT];
extern GDExtensionPtrConstructor construct_default[T_VARIANT_COUNT];

void init_variant_types();
const char *type_name(int type);
/// How many scratch numbers a math value takes (Vector3: 3), 0 for other types.
int component_count(int type);
/// Whether the components of a math value are 32-bit integers.
bool has_int_components(int type);

/// Memory for one engine value of any type; the largest is Projection (64 bytes).
struct alignas(8) Storage {
  unsigned char bytes[64];
  void *ptr() { return bytes; }
  template <class T> T &as() { return *reinterpret_cast<T *>(bytes); }
};

class StringName {
public:
  StringName() = default;
  explicit StringName(std::string_view text) { gd::string_name_new_with_utf8_chars_and_len(&data, text.data(), static_cast<GDExtensionInt>(text.size())); }
  StringName(const StringName &) = delete;
  StringName &operator=(const StringName &) = delete;
  StringName(StringName &&other) noexcept : data(other.data) { other.data = nullptr; }
  StringName &operator=(StringName &&other) noexcept {
    std::swap(data, other.data);
    return *this;
  }
  ~StringName() { if (data) destroy_value[T_STRING_NAME](&data); }
  void *ptr() const { return const_cast<void **>(&data); }
  /// The engine keeps one copy of each name: equal names have equal keys for as long as one of them lives.
  void *key() const { return data; }
private:
  void *data = nullptr;
};

class String {
public:
  String() { construct_default[T_STRING](&data, nullptr); }
  explicit String(std::string_view text) { gd::string_new_with_utf8_chars_and_len2(&data, text.data(), static_cast<GDExtensionInt>(text.size())); }
  String(const String &) = delete;
  String &operator=(const String &) = delete;
  ~String() { destroy_value[T_STRING](&data); }
  void *ptr() const { return const_cast<void **>(&data); }
private:
  void *data = nullptr;
};

class Variant {
public:
  Variant() { gd::variant_new_nil(data); }
  explicit Variant(const void *other) { gd::variant_new_copy(data, other); }
  Variant(const Variant &other) { gd::variant_new_copy(data, other.data); }
  Variant(Variant &&other) noexcept { for (int i = 0; i < 3; i++) data[i] = other.data[i]; gd::variant_new_nil(other.data); }
  Variant &operator=(const Variant &other) {
    if (this != &other) { gd::variant_destroy(data); gd::variant_new_copy(data, other.data); }
    return *this;
  }
  ~Variant() { gd::variant_destroy(data); }
  static Variant of(int type, void *value) { Variant result; variant_from[type](result.data, value); return result; }
  void *ptr() const { return const_cast<uint64_t *>(data); }
  int type() const { return gd::variant_get_type(ptr()); }
private:
  uint64_t data[3];
};

/// A Variant of a bool, int or float as it lies in memory; only where plain_variants_known says that this engine has it so.
struct PlainVariant {
  int32_t type;
  int32_t padding;
  union {
    bool boolean;
    int64_t integer;
    double real;
  };
};
extern bool plain_variants_known;

/// The name kept for the life of the extension, for names that occur in our own code.
StringName &interned(std::string_view text);
/// Drops what interned() holds; at the very end.
void release_interned();

std::string to_utf8(const void *engine_string);
std::string name_to_utf8(const void *engine_string_name);
std::string variant_to_utf8(const void *variant);

/// Replaces an initialised engine String or StringName in place.
void assign_string(void *engine_string, std::string_view text);
void assign_name(void *engine_string_name, std::string_view text);
/// Replaces an initialised Variant in place.
void assign_variant(void *variant, int type, void *value);

/// Engine containers, by the calls that they need.
int64_t array_size(const void *array);
void array_resize(void *array, int64_t size);
void array_push(void *array, const Variant &value);
void dictionary_set(void *dictionary, std::string_view key, const Variant &value);
void packed_strings_push(void *packed, std::string_view text);
int64_t packed_size(int type, const void *packed);
void packed_resize(int type, void *packed, int64_t size);
/// First element's address, nullptr when empty.
void *packed_data(int type, void *packed, int64_t size);
/// Bytes per element of a packed array of numbers or vectors.
size_t packed_element_size(int type);

/// Bits of an engine method, looked up by its hash at first use: `static MethodBind bind{"Node", "get_name", 2002593661};`
struct MethodBind {
  const char *class_name;
  const char *method;
  int64_t hash;
  GDExtensionMethodBindPtr bind = nullptr;
  void call(void *object, const void *const *args, void *result) {
    if (!bind) bind = gd::classdb_get_method_bind(interned(class_name).ptr(), interned(method).ptr(), hash);
    if (bind) gd::object_method_bind_ptrcall(bind, object, args, result);
  }
};

} // namespace gts
