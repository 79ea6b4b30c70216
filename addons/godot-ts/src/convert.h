// Values between JavaScript and the engine.
#pragma once
#include "runtime.h"
#include "variant_types.h"

namespace gts {

/// What is known about an expected value beyond its Variant type.
struct TypeRef {
  int type = T_VARIANT;
  void *class_tag = nullptr;        // T_OBJECT: the class that the object must be, nullptr for any
  const char *class_name = nullptr; // its name, for messages
  bool refcounted = false;          // T_OBJECT as a result: the engine hands out a reference
  bool discards_result = false;     // T_CALLABLE: whoever calls a function of ours has no use for what it returns
  const TypeRef *element = nullptr; // T_ARRAY, T_DICTIONARY: what every element or value must be, nullptr for anything
  const TypeRef *key = nullptr;     // T_DICTIONARY: and every key
  bool keeps_type = false;          // the engine's array or dictionary has these types itself, as GDScript wants them
};

/// Builds the engine's value of `ref.type` in `out`. False when `value` is not one; then nothing was built, and throw_unfit() says why.
bool to_native(const TypeRef &ref, v8::Local<v8::Value> value, void *out);
void destroy_native(int type, void *value);
/// Prepares memory for a result that the engine will assign to.
void init_native(int type, void *out);

/// The JavaScript value of an engine value; `value` stays the caller's (an object's reference is taken over if `ref` says so).
v8::Local<v8::Value> to_js(const TypeRef &ref, void *value);
v8::Local<v8::Value> variant_to_js(const void *variant);
/// The same, for the arguments of calls from the engine: plain ones are read where they lie.
v8::Local<v8::Value> argument_to_js(const void *variant);
/// The same for the one argument of a call that follows at once: the number of the last one is used again, because a frame's
/// delta comes once per node.
v8::Local<v8::Value> only_argument_to_js(const void *variant);
/// Builds a Variant in uninitialised memory. On false it is nil, and throw_unfit() says why.
bool convert(v8::Local<v8::Value> value, void *out);
/// The same, which throws.
bool to_variant(v8::Local<v8::Value> value, void *out);
/// Like to_variant for a value that must have the type; throws a JS TypeError that begins with `where`.
bool to_variant_of(const TypeRef &ref, v8::Local<v8::Value> value, void *out, std::string_view where);
/// Throws a TypeError for what the last conversion found wrong, unless a getter or proxy threw something of its own: "Node.set_meta:
/// parameter 'value', at .items[1]: a symbol cannot be passed to the engine". `where` is its beginning.
void throw_unfit(std::string_view where, const TypeRef &ref, v8::Local<v8::Value> value);
void throw_unfit(std::string_view where);

/// "a Node", "an Image".
std::string with_article(const std::string &name);
/// "a string", "a Vector3", "a Node3D", "null"... for messages.
std::string describe(v8::Local<v8::Value> value);
std::string describe(const TypeRef &ref);
/// Arguments from the `first` on: "a string, null".
std::string describe_all(const v8::FunctionCallbackInfo<v8::Value> &info, int first);

/// An Array, Callable, NodePath or Signal as a JavaScript object that holds the engine's value.
void *boxed_variant(v8::Local<v8::Value> value);

/// JavaScript's part: value classes and their pack and unpack functions.
void install_convert(v8::Local<v8::Object> target);
void release_convert();

/// Scratch numbers to the memory of a math value, and back.
void scratch_to_native(int type, const double *numbers, void *out);
void native_to_scratch(int type, const void *value, double *numbers);

v8::Local<v8::Value> int_to_js(int64_t value);
v8::Local<v8::String> engine_string_to_js(const void *engine_string);
// The engine's strings end at a NUL character: a string with one is refused, and nothing is built then.
/// Builds an engine String in uninitialised memory.
bool js_to_engine_string(v8::Local<v8::String> text, void *out);
/// Builds a StringName in uninitialised memory.
bool js_to_string_name(v8::Local<v8::String> text, void *out);
/// A StringName that stays until another name needs its place: for a call that follows at once. nullptr for a refused one.
const void *js_to_kept_name(v8::Local<v8::String> text);
/// Builds a Variant of a StringName in uninitialised memory.
bool js_to_name_variant(v8::Local<v8::String> text, void *out);
v8::Local<v8::String> string_name_to_js(const void *engine_string_name);

} // namespace gts
