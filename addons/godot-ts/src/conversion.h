// What both directions of convert.h need: the classes of values, boxes around values of the engine, and how deep data may be.
#pragma once
#include "convert.h"

namespace gts {

constexpr double max_safe_integer = 9007199254740991.0;
constexpr int max_depth = 64;

/// Recursion into arrays and objects, to refuse circular data.
struct Depth {
  Depth() { depth++; }
  ~Depth() { depth--; }
  bool is_too_deep() const { return depth > max_depth; }
private:
  inline static int depth = 0;
};

/// The class of a Variant type, made by JavaScript at first use; empty when JavaScript cannot run.
v8::Local<v8::Function> value_constructor(int type);
/// An instance of the numbers in the scratch.
v8::Local<v8::Value> unpack(int type);
/// Writes an instance to the scratch. False with a pending exception.
bool pack(int type, v8::Local<v8::Object> object);
/// The Variant type of an instance of a value class, T_NIL for other objects.
int value_type_of(v8::Local<v8::Object> object);
/// A NodePath, Callable or Signal as a JavaScript object that holds it.
v8::Local<v8::Value> make_box(int type, const void *variant);

void install_value_classes(v8::Local<v8::Object> target);
void release_value_classes();
void install_boxes(v8::Local<v8::Object> target);
void release_boxes();
/// Parts of release_convert().
void release_to_js();
void release_strings();

} // namespace gts
