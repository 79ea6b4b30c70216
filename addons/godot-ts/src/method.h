// One method of the engine, as JavaScript calls it.
#pragma once
#include "convert.h"
#include "peers.h"
#include <memory>
#include <vector>

namespace gts {

enum class Kind { object, builtin, utility };
constexpr size_t max_args = 16;

struct Parameter {
  TypeRef type;
  std::string name;
  bool has_default = false;
  Storage default_value{}; // of the type; made once, never changed by a call
};

/// One function of the engine, as the tables describe it.
struct Method {
  Kind kind = Kind::object;
  std::string label; // "Node3D.set_position"
  StringName name;
  int base_type = T_NIL; // Kind::builtin
  bool is_static = false;
  bool is_vararg = false;
  bool takes_value = false;      // Kind::builtin: the value is the first parameter, not `this`
  bool changes_value = false;    // and the call changes it
  bool is_checked_again = false; // an argument's conversion may run JavaScript
  bool tells_nobody = false;     // nothing in the engine can know of its receiver by it: see hold_loosely()
  size_t required = 0;
  std::vector<Parameter> parameters;
  TypeRef result;
  std::vector<std::unique_ptr<std::string>> class_names;
  std::vector<std::unique_ptr<TypeRef>> element_types;

  ClassRange receivers; // Kind::object
  GDExtensionMethodBindPtr bind = nullptr;
  GDExtensionPtrBuiltInMethod builtin = nullptr;
  GDExtensionPtrUtilityFunction utility = nullptr;

  ~Method() {
    for (Parameter &parameter : parameters) {
      if (parameter.has_default) destroy_native(parameter.type.type, parameter.default_value.ptr());
    }
  }
};

// What is wrong with a call, as a TypeError that names the method.
void throw_count(const Method &method, int given);
void throw_argument(const Method &method, size_t index, v8::Local<v8::Value> value);
void throw_call_error(const Method &method, const GDExtensionCallError &error);

/// The fastest way to call a method. `packed`: its numbers and math values come through the scratch.
v8::FunctionCallback callback_for(const Method &method, bool packed);

void install_operators(v8::Local<v8::Object> target);

/// Gives an array or dictionary that JavaScript passed the contents that a call of the engine left. False after throwing.
bool write_back(v8::Local<v8::Value> target, int type, void *value);
void install_write_back(v8::Local<v8::Object> target);
void release_write_back();

} // namespace gts
