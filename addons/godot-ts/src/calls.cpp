// Calls of the engine's methods from JavaScript: one way for any, faster ones for common shapes.
#include "conversion.h"
#include "method.h"
#include "objects.h"
#include <cmath>

namespace gts {

using v8::Local;
using v8::Value;
using Info = v8::FunctionCallbackInfo<Value>;

namespace {

constexpr size_t max_simple_args = 4;
constexpr int packed_arguments = 5; // as many as the glue of varargs packs

/// An object with a pointer in it is read in line; v8::External takes a call.
Method &method_of(const Info &info) { return *static_cast<Method *>(info.Data().As<v8::Object>()->GetAlignedPointerFromInternalField(0)); }

/// "a Node", "an Object", of the class that a method belongs to.
std::string owner_of(const Method &method) { return with_article(method.label.substr(0, method.label.find('.'))); }

/// "a Node", of what an object is to the engine, whatever its prototype says.
std::string class_of(void *object) {
  StringName name;
  gd::object_get_class_name(object, gd::library, name.ptr());
  return with_article(name_to_utf8(name.ptr()));
}

/// A receiver that points to no engine object of the method's class: one that is held loosely, one that was freed, one of another class, or none of ours.
void *unusual_receiver(const Info &info, const Method &method) {
  Peer *peer = method.tells_nobody ? peeked_peer(info.This()) : receiver_peer(info.This());
  if (!peer) throw_type_error(method.label + ": must be called on an engine object, got " + describe(info.This()));
  else if (!peer->object) throw_freed(info.This(), method.label);
  else if (!method.receivers.has(peer->class_number)) throw_type_error(method.label + ": must be called on " + owner_of(method) + ", got " + class_of(peer->object));
  else return peer->object;
  return nullptr;
}

/// The receiver's engine object; nullptr after throwing.
inline void *receiver(const Info &info, const Method &method) {
  Peer *peer = pointed_peer(info.This());
  if (peer && peer->object && method.receivers.has(peer->class_number)) [[likely]] return peer->object;
  return unusual_receiver(info, method);
}

/// A value that a method of its type cannot be called on.
void throw_receiver(const Info &info, const Method &method) {
  if (unfit.has_reason() || runtime::isolate->HasPendingException()) return throw_unfit(method.label + ": this");
  throw_type_error(method.label + ": must be called on a " + type_name(method.base_type) + ", got " + describe(info.This()));
}

/// Converting arguments ran JavaScript, which may have freed an object that was converted before. False after throwing.
bool still_alive(const Info &info, const Method &method) {
  for (int i = 0; i < info.Length(); i++) {
    Peer *peer = peer_of(info[i]);
    if (!peer || peer->object) continue;
    throw_freed(info[i].As<v8::Object>(), method.label);
    return false;
  }
  return method.kind != Kind::object || method.is_static || receiver(info, method) != nullptr;
}

/// How many numbers a value takes in the scratch, 0 if it does not go there.
int scratch_size(int type) { return type == T_RID ? 2 : component_count(type); }

/// Variants of one call, built one after the other.
class VariantArguments {
public:
  explicit VariantArguments(int count) {
    if (count <= few) return;
    many.resize(static_cast<size_t>(count));
    many_pointers.resize(static_cast<size_t>(count));
    values = many.data();
    pointers = many_pointers.data();
  }
  ~VariantArguments() {
    for (int i = 0; i < built; i++) {
      const auto *plain = reinterpret_cast<const PlainVariant *>(&values[i]);
      if (!plain_variants_known || plain->type > T_FLOAT) gd::variant_destroy(&values[i]);
    }
  }
  VariantArguments(const VariantArguments &) = delete;
  VariantArguments &operator=(const VariantArguments &) = delete;
  /// Memory of the next one; to be built at once.
  void *next() {
    pointers[built] = &values[built];
    return &values[built++];
  }
  const void *const *all() const { return pointers; }
private:
  struct Memory { uint64_t words[3]; };
  static constexpr int few = 6;
  Memory few_values[few];
  const void *few_pointers[few];
  std::vector<Memory> many;
  std::vector<const void *> many_pointers;
  Memory *values = few_values;
  const void **pointers = few_pointers;
  int built = 0;
};

/// What is wrong with a call that may name a method itself: `node.call("jump")`.
void throw_named_error(const Info &info, const Method &method, const GDExtensionCallError &error) {
  if (error.error == GDEXTENSION_CALL_ERROR_INVALID_METHOD && info.Length() > 0 && info[0]->IsString()) return throw_type_error(method.label + ": the object has no method '" + from_js(info[0]) + "'");
  throw_call_error(method, error);
}

/// Null, booleans and numbers as Variants, as to_variant() makes them. False for anything else.
inline bool plain_to_variant(Local<Value> value, PlainVariant &out) {
  if (value->IsInt32()) {
    out.type = T_INT;
    out.integer = value.As<v8::Int32>()->Value();
  } else if (value->IsNumber()) {
    const double number = value.As<v8::Number>()->Value();
    const bool whole = std::abs(number) <= max_safe_integer && number == std::trunc(number) && !(number == 0 && std::signbit(number));
    out.type = whole ? T_INT : T_FLOAT;
    if (whole) out.integer = static_cast<int64_t>(number);
    else out.real = number;
  } else if (value->IsBoolean()) {
    out.type = T_BOOL;
    out.boolean = value->IsTrue();
  } else if (value->IsNullOrUndefined()) {
    out.type = T_NIL;
  } else {
    return false;
  }
  return true;
}

/// `undefined` for an argument that has a default is one that was left out, as in JavaScript.
bool is_left_out(Local<Value> value, const Method &method, size_t index) {
  return value->IsUndefined() && index < method.parameters.size() && method.parameters[index].has_default;
}

/// Arguments as Variants: varargs, and calls that leave defaults to the engine. `packed` ones come through the scratch: for each
/// argument its type, or 0 for one that is passed as a value; then the numbers of all.
void call_with_variants(const Info &info, Method &method, int count, bool packed = false) {
  VariantArguments arguments(count);
  double numbers[scratch_length];
  const double *next = numbers + packed_arguments;
  if (packed) { // the other arguments may use the scratch, too
    int used = packed_arguments;
    for (int i = 0; i < packed_arguments; i++) used += scratch_size(static_cast<int>(scratch[i]));
    std::copy(scratch, scratch + used, numbers);
  }
  for (int i = 0; i < count; i++) {
    size_t index = static_cast<size_t>(i);
    void *variant = arguments.next();
    if (packed && numbers[i] != 0) {
      int type = static_cast<int>(numbers[i]);
      Storage value;
      scratch_to_native(type, next, value.ptr());
      variant_from[type](variant, value.ptr());
      next += scratch_size(type);
    } else if (is_left_out(info[i], method, index)) {
      Parameter &parameter = method.parameters[index];
      if (parameter.type.type == T_VARIANT) gd::variant_new_copy(variant, parameter.default_value.ptr());
      else variant_from[parameter.type.type](variant, parameter.default_value.ptr());
    } else if (index >= method.parameters.size() || method.parameters[index].type.type == T_VARIANT) {
      if (!convert(info[i], variant)) return throw_argument(method, index, info[i]);
    } else {
      const Parameter &parameter = method.parameters[index];
      if (parameter.type.type == T_STRING_NAME && info[i]->IsString() && js_to_name_variant(info[i].As<v8::String>(), variant)) continue;
      Storage value;
      if (to_native(parameter.type, info[i], value.ptr())) {
        variant_from[parameter.type.type](variant, value.ptr());
        destroy_native(parameter.type.type, value.ptr());
      } else {
        gd::variant_new_nil(variant);
        return throw_argument(method, index, info[i]);
      }
    }
  }
  if (!still_alive(info, method)) return;
  const void *const *pointers = arguments.all();
  GDExtensionCallError error{};
  if (method.kind == Kind::utility) {
    Storage result;
    init_native(method.result.type, result.ptr());
    method.utility(result.ptr(), pointers, count);
    info.GetReturnValue().Set(to_js(method.result, result.ptr()));
    destroy_native(method.result.type, result.ptr());
    return;
  }
  Variant result;
  if (method.kind == Kind::object) {
    void *object = method.is_static ? nullptr : receiver(info, method);
    if (!object && !method.is_static) return;
    gd::object_method_bind_call(method.bind, object, pointers, count, result.ptr(), &error);
  } else if (method.takes_value) {
    void *value = const_cast<void *>(pointers[0]);
    gd::variant_call(value, method.name.ptr(), pointers + 1, count - 1, result.ptr(), &error);
    if (method.changes_value && error.error == GDEXTENSION_CALL_OK) {
      Storage changed;
      variant_to[method.base_type](changed.ptr(), value);
      bool ok = write_back(info[0], method.base_type, changed.ptr());
      destroy_native(method.base_type, changed.ptr());
      if (!ok) return;
    }
  } else {
    Variant self;
    if (!to_variant_of(TypeRef{method.base_type, nullptr, nullptr, false}, info.This(), self.ptr(), method.label + ": this")) return;
    gd::variant_call(self.ptr(), method.name.ptr(), pointers, count, result.ptr(), &error);
  }
  if (runtime::isolate->IsExecutionTerminating()) return;
  if (error.error != GDEXTENSION_CALL_OK) return throw_named_error(info, method, error);
  if (method.result.type == T_VOID) return;
  info.GetReturnValue().Set(argument_to_js(result.ptr()));
}

/// Varargs whose math values the JavaScript glue put into the scratch.
void call_packed_variants(const Info &info) {
  for (int i = 0; i < packed_arguments; i++) {
    int type = static_cast<int>(scratch[i]);
    if (type != 0 && scratch_size(type) == 0) return throw_type_error("the scratch is damaged");
  }
  call_with_variants(info, method_of(info), info.Length(), true);
}

/// Any method, all arguments as JavaScript values.
void call_plain(const Info &info) {
  Method &method = method_of(info);
  int count = info.Length();
  auto most = static_cast<int>(method.parameters.size());
  while (count > static_cast<int>(method.required) && count <= most && info[count - 1]->IsUndefined()) count--;
  if (count < static_cast<int>(method.required) || (count > most && !method.is_vararg)) return throw_count(method, count);
  if (method.is_vararg || most > static_cast<int>(max_args)) return call_with_variants(info, method, count);
  for (int i = count; i < most; i++) {
    if (!method.parameters[static_cast<size_t>(i)].has_default) return call_with_variants(info, method, count);
  }

  void *self = nullptr;
  Storage base;
  if (method.kind == Kind::object && !method.is_static) {
    self = receiver(info, method);
    if (!self) return;
  } else if (method.kind == Kind::builtin && !method.is_static && !method.takes_value) {
    if (!to_native(TypeRef{method.base_type, nullptr, nullptr, false}, info.This(), base.ptr())) return throw_receiver(info, method);
    self = base.ptr();
  }
  Storage values[max_args];
  const void *pointers[max_args];
  int built = 0;
  bool ok = true;
  bool is_default[max_args] = {};
  for (; built < count; built++) {
    auto index = static_cast<size_t>(built);
    Parameter &parameter = method.parameters[index];
    if (is_left_out(info[built], method, index)) {
      is_default[index] = true;
      pointers[index] = parameter.default_value.ptr();
      continue;
    }
    ok = to_native(parameter.type, info[built], values[index].ptr());
    if (!ok) {
      throw_argument(method, index, info[built]);
      break;
    }
    pointers[index] = values[index].ptr();
  }
  for (int i = count; i < most; i++) {
    auto index = static_cast<size_t>(i);
    pointers[index] = method.parameters[index].default_value.ptr();
  }
  ok = ok && (!method.is_checked_again || still_alive(info, method));
  if (ok) {
    Storage result;
    init_native(method.result.type, result.ptr());
    switch (method.kind) {
      case Kind::object: gd::object_method_bind_ptrcall(method.bind, self, pointers, result.ptr()); break;
      case Kind::builtin:
        if (method.takes_value) method.builtin(values[0].ptr(), pointers + 1, result.ptr(), most - 1);
        else method.builtin(self, pointers, result.ptr(), most);
        break;
      case Kind::utility: method.utility(result.ptr(), pointers, most); break;
    }
    bool written = !method.changes_value || write_back(info[0], method.base_type, values[0].ptr());
    if (method.result.type != T_VOID) {
      if (written && !runtime::isolate->IsExecutionTerminating()) info.GetReturnValue().Set(to_js(method.result, result.ptr()));
      destroy_native(method.result.type, result.ptr());
    }
  }
  for (int i = 0; i < built; i++) {
    if (!is_default[i]) destroy_native(method.parameters[static_cast<size_t>(i)].type.type, values[i].ptr());
  }
  if (self == base.ptr()) destroy_native(method.base_type, self);
}

bool is_simple(const TypeRef &type) { return type.type == T_BOOL || type.type == T_INT; }

/// Flags and counts in, at most one of them or an object out: no memory to prepare, nothing to destroy.
void call_simple(const Info &info) {
  Method &method = method_of(info);
  auto count = static_cast<int>(method.parameters.size());
  if (info.Length() != count) return call_plain(info);
  int64_t values[max_simple_args];
  const void *pointers[max_simple_args];
  for (int i = 0; i < count; i++) {
    if (method.parameters[static_cast<size_t>(i)].type.type == T_BOOL) {
      if (!info[i]->IsBoolean()) return call_plain(info);
      *reinterpret_cast<GDExtensionBool *>(&values[i]) = info[i]->IsTrue();
    } else {
      if (!info[i]->IsInt32()) return call_plain(info);
      values[i] = info[i].As<v8::Int32>()->Value();
    }
    pointers[i] = &values[i];
  }
  void *self = receiver(info, method);
  if (!self) return;
  union {
    int64_t integer = 0;
    GDExtensionBool boolean;
    void *object;
  } result;
  gd::object_method_bind_ptrcall(method.bind, self, pointers, &result);
  switch (method.result.type) {
    case T_BOOL: return info.GetReturnValue().Set(result.boolean != 0);
    case T_INT:
      if (result.integer == static_cast<int32_t>(result.integer)) return info.GetReturnValue().Set(static_cast<int32_t>(result.integer));
      return info.GetReturnValue().Set(int_to_js(result.integer));
    case T_OBJECT:
      if (!runtime::isolate->IsExecutionTerminating()) info.GetReturnValue().Set(wrap_object(result.object, method.result.refcounted));
      return;
    default: return;
  }
}

/// The engine writes all of a Variant's memory when it makes one there.
struct WholeVariant {
  PlainVariant plain;
  uint64_t rest;
};
static_assert(sizeof(WholeVariant) == sizeof(Variant));

/// A name, then few plain values, like most signals: their Variants are written where they lie, and only the name's is destroyed.
void call_named(const Info &info) {
  constexpr int few = 6;
  const int count = info.Length();
  if (count < 1 || count > few || !info[0]->IsString() || !plain_variants_known) return call_plain(info);
  Method &method = method_of(info);
  WholeVariant values[few];
  const void *pointers[few];
  for (int i = 1; i < count; i++) {
    if (!plain_to_variant(info[i], values[i].plain)) return call_plain(info);
    pointers[i] = &values[i];
  }
  void *self = receiver(info, method);
  if (!self) return;
  if (!js_to_name_variant(info[0].As<v8::String>(), &values[0])) return call_plain(info);
  pointers[0] = &values[0];
  WholeVariant result{};
  GDExtensionCallError error{};
  gd::object_method_bind_call(method.bind, self, pointers, count, &result, &error);
  gd::variant_destroy(&values[0]);
  if (error.error != GDEXTENSION_CALL_OK) [[unlikely]] {
    if (!runtime::isolate->IsExecutionTerminating()) throw_named_error(info, method, error);
  } else if (method.result.type != T_VOID && !runtime::isolate->IsExecutionTerminating()) {
    info.GetReturnValue().Set(argument_to_js(&result));
  }
  if (result.plain.type > T_FLOAT) gd::variant_destroy(&result);
}

v8::FunctionCallback plain_callback(const Method &method) {
  if (method.kind == Kind::object && method.is_vararg && !method.is_static && method.parameters.size() == 1 && method.parameters[0].type.type == T_STRING_NAME) return call_named;
  if (method.kind != Kind::object || method.is_static || method.is_vararg || method.parameters.size() > max_simple_args) return call_plain;
  for (const Parameter &parameter : method.parameters) {
    if (!is_simple(parameter.type)) return call_plain;
  }
  return is_simple(method.result) || method.result.type == T_VOID || method.result.type == T_OBJECT ? call_simple : call_plain;
}

bool is_scratch_type(int type) { return type == T_BOOL || type == T_INT || type == T_FLOAT || type == T_RID || component_count(type) > 0; }

/// Numbers and math values come through the scratch (the JavaScript glue checked them), other arguments as values.
void call_packed(const Info &info) {
  Method &method = method_of(info);
  void *self = nullptr;
  if (!method.is_static) {
    self = receiver(info, method);
    if (!self) return;
  }
  size_t count = method.parameters.size();
  Storage values[max_args];
  const void *pointers[max_args];
  const double *next = scratch;
  double numbers[scratch_length];
  bool nested = false;
  int passed = 0;
  for (size_t i = 0; i < count; i++) nested = nested || !is_scratch_type(method.parameters[i].type.type);
  if (nested) { // converting the other arguments may itself use the scratch
    std::copy(scratch, scratch + 64, numbers);
    next = numbers;
  }
  size_t built = 0;
  bool ok = true;
  for (; built < count; built++) {
    const TypeRef &type = method.parameters[built].type;
    void *value = values[built].ptr();
    pointers[built] = value;
    switch (type.type) {
      case T_BOOL: *static_cast<GDExtensionBool *>(value) = *next++ != 0; break;
      case T_INT: *static_cast<int64_t *>(value) = static_cast<int64_t>(*next++); break;
      case T_FLOAT: *static_cast<double *>(value) = *next++; break;
      case T_RID:
        scratch_to_native(T_RID, next, value);
        next += 2;
        break;
      default:
        if (int components = component_count(type.type)) {
          scratch_to_native(type.type, next, value);
          next += components;
        } else {
          ok = to_native(type, info[passed], value);
          if (!ok) throw_argument(method, built, info[passed]);
          passed++;
        }
    }
    if (!ok) break;
  }
  ok = ok && (!nested || still_alive(info, method));
  if (ok) {
    Storage result;
    init_native(method.result.type, result.ptr());
    gd::object_method_bind_ptrcall(method.bind, self, pointers, result.ptr());
    switch (method.result.type) {
      case T_VOID: break;
      case T_FLOAT: scratch[0] = *static_cast<double *>(result.ptr()); break;
      default:
        if (method.result.type == T_RID || component_count(method.result.type)) {
          native_to_scratch(method.result.type, result.ptr(), scratch);
        } else {
          if (!runtime::isolate->IsExecutionTerminating()) info.GetReturnValue().Set(to_js(method.result, result.ptr()));
          destroy_native(method.result.type, result.ptr());
        }
    }
  }
  for (size_t i = 0; i < built; i++) {
    int type = method.parameters[i].type.type;
    if (!is_scratch_type(type)) destroy_native(type, values[i].ptr());
  }
}

/// The two shapes that games call most: one argument of `count` floats, and none with such a result.
template <int count>
void set_floats(const Info &info) {
  Method &method = method_of(info);
  void *self = receiver(info, method);
  if (!self) return;
  float values[count];
  for (int i = 0; i < count; i++) values[i] = static_cast<float>(scratch[i]);
  const void *args[] = {values};
  gd::object_method_bind_ptrcall(method.bind, self, args, nullptr);
}

template <int count>
void get_floats(const Info &info) {
  Method &method = method_of(info);
  void *self = receiver(info, method);
  if (!self) return;
  float values[count];
  gd::object_method_bind_ptrcall(method.bind, self, nullptr, values);
  for (int i = 0; i < count; i++) scratch[i] = values[i];
}

v8::FunctionCallback packed_callback(const Method &method) {
  if (method.is_static) return call_packed;
  if (method.parameters.size() == 1 && method.result.type == T_VOID) {
    int type = method.parameters[0].type.type;
    if (component_count(type) && !has_int_components(type)) {
      switch (component_count(type)) {
        case 2: return set_floats<2>;
        case 3: return set_floats<3>;
        case 4: return set_floats<4>;
        case 9: return set_floats<9>;
        case 12: return set_floats<12>;
      }
    }
  }
  if (method.parameters.empty() && component_count(method.result.type) && !has_int_components(method.result.type)) {
    switch (component_count(method.result.type)) {
      case 2: return get_floats<2>;
      case 3: return get_floats<3>;
      case 4: return get_floats<4>;
      case 9: return get_floats<9>;
      case 12: return get_floats<12>;
    }
  }
  return call_packed;
}

} // namespace

v8::FunctionCallback callback_for(const Method &method, bool packed) {
  if (!packed) return plain_callback(method);
  return method.is_vararg ? call_packed_variants : packed_callback(method);
}

} // namespace gts
