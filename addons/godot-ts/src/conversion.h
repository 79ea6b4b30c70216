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

/// Why a value could not be converted: noted where that is found, said by who asked for the conversion, see throw_unfit().
struct Unfit {
  bool noted = false;
  std::string path;   // from the value to the part of it that is meant: ".items[1]"
  std::string reason; // "a symbol cannot be passed to the engine"
  std::string given;  // without a reason: what came, where the value's kind alone does not say what is wrong with it
  bool has_reason() const { return noted && !reason.empty(); }
};
extern Unfit unfit;
void note_reason(std::string reason);
/// Notes that a string has a NUL character, and where.
void note_nul(v8::Local<v8::String> text);

/// The class of a Variant type, made by JavaScript at first use; empty when JavaScript cannot run.
v8::Local<v8::Function> value_constructor(int type);
/// An instance of the numbers in the scratch.
v8::Local<v8::Value> unpack(int type);
/// Writes an instance to the scratch. False after noting a member that is no number, or with a pending exception of a getter.
bool pack(int type, v8::Local<v8::Object> object);
/// The Variant type of an instance of a value class or a proxy of one, T_NIL for other objects.
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
