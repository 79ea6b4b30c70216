#include "variant_types.h"
#include <mutex>
#include <unordered_map>

namespace gts {

GDExtensionVariantFromTypeConstructorFunc variant_from[T_VARIANT_COUNT];
GDExtensionTypeFromVariantConstructorFunc variant_to[T_VARIANT_COUNT];
GDExtensionPtrDestructor destroy_value[T_VARIANT_COUNT];
GDExtensionPtrConstructor construct_default[T_VARIANT_COUNT];
bool plain_variants_known = false;

namespace {

struct TypeInfo {
  const char *name;
  int components;
  bool ints;
};

const TypeInfo type_infos[] = {
    {"null", 0, false}, {"bool", 0, false}, {"int", 0, false}, {"float", 0, false}, {"String", 0, false},
    {"Vector2", 2, false}, {"Vector2i", 2, true}, {"Rect2", 4, false}, {"Rect2i", 4, true}, {"Vector3", 3, false},
    {"Vector3i", 3, true}, {"Transform2D", 6, false}, {"Vector4", 4, false}, {"Vector4i", 4, true}, {"Plane", 4, false},
    {"Quaternion", 4, false}, {"AABB", 6, false}, {"Basis", 9, false}, {"Transform3D", 12, false}, {"Projection", 16, false},
    {"Color", 4, false}, {"StringName", 0, false}, {"NodePath", 0, false}, {"RID", 0, false}, {"Object", 0, false},
    {"Callable", 0, false}, {"Signal", 0, false}, {"Dictionary", 0, false}, {"Array", 0, false}, {"PackedByteArray", 0, false},
    {"PackedInt32Array", 0, false}, {"PackedInt64Array", 0, false}, {"PackedFloat32Array", 0, false},
    {"PackedFloat64Array", 0, false}, {"PackedStringArray", 0, false}, {"PackedVector2Array", 0, false},
    {"PackedVector3Array", 0, false}, {"PackedColorArray", 0, false}, {"PackedVector4Array", 0, false},
    {"Variant", 0, false}, {"void", 0, false}, {"a raw pointer", 0, false},
};

constexpr int64_t hash_size = 3173160232, hash_resize = 848867239;
GDExtensionPtrBuiltInMethod size_method[T_VARIANT_COUNT], resize_method[T_VARIANT_COUNT];

std::mutex intern_mutex;
std::unordered_map<std::string, StringName> *intern_table;

} // namespace

namespace {
/// Looks at Variants that the engine made: the interface does not promise a layout.
bool check_plain_variants() {
  if (gd::variant_get_type(Variant().ptr()) != GDEXTENSION_VARIANT_TYPE_NIL) return false;
  auto look = [](const Variant &value) { return static_cast<const PlainVariant *>(value.ptr()); };
  GDExtensionBool yes = true;
  int64_t integer = -0x123456789abcdef;
  double real = -1.5e300;
  Variant nil, boolean = Variant::of(T_BOOL, &yes), number = Variant::of(T_INT, &integer), fraction = Variant::of(T_FLOAT, &real);
  return look(nil)->type == T_NIL && look(boolean)->type == T_BOOL && look(boolean)->boolean && look(number)->type == T_INT &&
         look(number)->integer == integer && look(fraction)->type == T_FLOAT && look(fraction)->real == real;
}
} // namespace

void init_variant_types() {
  for (int i = 1; i < T_VARIANT_COUNT; i++) {
    auto type = static_cast<GDExtensionVariantType>(i);
    variant_from[i] = gd::get_variant_from_type_constructor(type);
    variant_to[i] = gd::get_variant_to_type_constructor(type);
    destroy_value[i] = gd::variant_get_ptr_destructor(type);
    construct_default[i] = gd::variant_get_ptr_constructor(type, 0);
  }
  plain_variants_known = check_plain_variants();
  for (int i = T_ARRAY; i < T_VARIANT_COUNT; i++) {
    auto type = static_cast<GDExtensionVariantType>(i);
    size_method[i] = gd::variant_get_ptr_builtin_method(type, interned("size").ptr(), hash_size);
    resize_method[i] = gd::variant_get_ptr_builtin_method(type, interned("resize").ptr(), hash_resize);
  }
}

const char *type_name(int type) { return type >= 0 && type <= T_UNSUPPORTED ? type_infos[type].name : "?"; }
int component_count(int type) { return type >= 0 && type <= T_UNSUPPORTED ? type_infos[type].components : 0; }
bool has_int_components(int type) { return type_infos[type].ints; }

StringName &interned(std::string_view text) {
  std::lock_guard lock(intern_mutex);
  if (!intern_table) intern_table = new std::unordered_map<std::string, StringName>();
  auto found = intern_table->find(std::string(text));
  if (found == intern_table->end()) found = intern_table->emplace(std::string(text), StringName(text)).first;
  return found->second; // references into an unordered_map stay valid
}

void release_interned() {
  std::lock_guard lock(intern_mutex);
  delete intern_table;
  intern_table = nullptr;
}

std::string to_utf8(const void *engine_string) {
  GDExtensionInt length = gd::string_to_utf8_chars(engine_string, nullptr, 0);
  std::string text(static_cast<size_t>(length), '\0');
  gd::string_to_utf8_chars(engine_string, text.data(), length);
  return text;
}

std::string name_to_utf8(const void *engine_string_name) {
  Variant name = Variant::of(T_STRING_NAME, const_cast<void *>(engine_string_name));
  String text;
  gd::variant_stringify(name.ptr(), text.ptr());
  return to_utf8(text.ptr());
}

std::string variant_to_utf8(const void *variant) {
  String text;
  gd::variant_stringify(const_cast<void *>(variant), text.ptr());
  return to_utf8(text.ptr());
}

void assign_string(void *engine_string, std::string_view text) {
  destroy_value[T_STRING](engine_string);
  gd::string_new_with_utf8_chars_and_len2(engine_string, text.data(), static_cast<GDExtensionInt>(text.size()));
}

void assign_name(void *engine_string_name, std::string_view text) {
  destroy_value[T_STRING_NAME](engine_string_name);
  gd::string_name_new_with_utf8_chars_and_len(engine_string_name, text.data(), static_cast<GDExtensionInt>(text.size()));
}

void assign_variant(void *variant, int type, void *value) {
  gd::variant_destroy(variant);
  variant_from[type](variant, value);
}

int64_t array_size(const void *array) { return packed_size(T_ARRAY, array); }
void array_resize(void *array, int64_t size) { packed_resize(T_ARRAY, array, size); }

void array_push(void *array, const Variant &value) {
  int64_t size = array_size(array);
  array_resize(array, size + 1);
  void *slot = gd::array_operator_index(array, size);
  gd::variant_destroy(slot);
  gd::variant_new_copy(slot, value.ptr());
}

void dictionary_set(void *dictionary, std::string_view key, const Variant &value) {
  String text(key);
  Variant key_value = Variant::of(T_STRING, text.ptr());
  void *slot = gd::dictionary_operator_index(dictionary, key_value.ptr());
  gd::variant_destroy(slot);
  gd::variant_new_copy(slot, value.ptr());
}

void packed_strings_push(void *packed, std::string_view text) {
  int64_t size = packed_size(T_PACKED_STRING, packed);
  packed_resize(T_PACKED_STRING, packed, size + 1);
  assign_string(gd::packed_string_array_operator_index(packed, size), text);
}

int64_t packed_size(int type, const void *packed) {
  int64_t size = 0;
  size_method[type](const_cast<void *>(packed), nullptr, &size, 0);
  return size;
}

void packed_resize(int type, void *packed, int64_t size) {
  int64_t result = 0;
  const void *args[] = {&size};
  resize_method[type](packed, args, &result, 1);
}

void *packed_data(int type, void *packed, int64_t size) {
  if (size == 0) return nullptr;
  switch (type) {
    case T_PACKED_BYTE: return gd::packed_byte_array_operator_index(packed, 0);
    case T_PACKED_INT32: return gd::packed_int32_array_operator_index(packed, 0);
    case T_PACKED_INT64: return gd::packed_int64_array_operator_index(packed, 0);
    case T_PACKED_FLOAT32: return gd::packed_float32_array_operator_index(packed, 0);
    case T_PACKED_FLOAT64: return gd::packed_float64_array_operator_index(packed, 0);
    case T_PACKED_STRING: return gd::packed_string_array_operator_index(packed, 0);
    case T_PACKED_VECTOR2: return gd::packed_vector2_array_operator_index(packed, 0);
    case T_PACKED_VECTOR3: return gd::packed_vector3_array_operator_index(packed, 0);
    case T_PACKED_VECTOR4: return gd::packed_vector4_array_operator_index(packed, 0);
    case T_PACKED_COLOR: return gd::packed_color_array_operator_index(packed, 0);
    default: return nullptr;
  }
}

size_t packed_element_size(int type) {
  switch (type) {
    case T_PACKED_BYTE: return 1;
    case T_PACKED_INT32: case T_PACKED_FLOAT32: return 4;
    case T_PACKED_INT64: case T_PACKED_FLOAT64: case T_PACKED_VECTOR2: return 8;
    case T_PACKED_VECTOR3: return 12;
    case T_PACKED_VECTOR4: case T_PACKED_COLOR: return 16;
    default: return 0;
  }
}

} // namespace gts
