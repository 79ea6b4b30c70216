// Operators, constructors and constants of values.
#include "method.h"

namespace gts {

using v8::Local;
using v8::Value;
using Info = v8::FunctionCallbackInfo<Value>;

namespace {

/// Names of the methods that are operators, by the engine's number; see operatorNumbers in values.js.
constexpr const char *operator_names[] = {"equals", "not_equals", "less_than", "less_than_or_equals", "greater_than", "greater_than_or_equals", "add", "subtract", "multiply", "divide",
                                          "negate", "positive", "modulo", "power", "shift_left", "shift_right", "bit_and", "bit_or", "bit_xor", "bit_not"};

/// evaluate(operator, left, right, leftType): an operator of any two values; the left one's type if it does not tell: an array may
/// be of vectors.
void evaluate(const Info &info) {
  Variant left, right, result;
  int left_type = info[3]->IsInt32() ? info[3].As<v8::Int32>()->Value() : T_VARIANT;
  if (!to_variant_of(TypeRef{left_type, nullptr, nullptr, false}, info[1], left.ptr(), "the left operand")) return;
  auto operation = static_cast<GDExtensionVariantOperator>(info[0].As<v8::Int32>()->Value());
  if (!convert(info[2], right.ptr())) return throw_unfit(std::string(operator_names[operation]) + ": the right operand");
  GDExtensionBool valid = false;
  gd::variant_evaluate(operation, left.ptr(), right.ptr(), result.ptr(), &valid);
  // A transform takes packed arrays of vectors, which JavaScript has as arrays.
  for (int type : {left_type, static_cast<int>(T_PACKED_VECTOR2), static_cast<int>(T_PACKED_VECTOR3)}) {
    if (valid || !info[2]->IsArray()) break;
    if (type == T_VARIANT) continue;
    Storage packed;
    if (!to_native(TypeRef{type, nullptr, nullptr, false}, info[2], packed.ptr())) {
      if (runtime::isolate->HasPendingException()) return;
      continue;
    }
    Variant vectors = Variant::of(type, packed.ptr());
    destroy_native(type, packed.ptr());
    gd::variant_evaluate(operation, left.ptr(), vectors.ptr(), result.ptr(), &valid);
  }
  if (!valid) return throw_type_error(std::string("no such operator: ") + operator_names[operation] + " of " + describe(info[1]) + " and " + describe(info[2]));
  info.GetReturnValue().Set(variant_to_js(result.ptr()));
}

/// constructValue(type, ...arguments): a value by one of the engine's constructors.
void construct_value(const Info &info) {
  int type = info[0].As<v8::Int32>()->Value();
  std::vector<Variant> args(static_cast<size_t>(info.Length() - 1));
  std::vector<const void *> pointers;
  for (int i = 1; i < info.Length(); i++) {
    Variant &slot = args[static_cast<size_t>(i - 1)];
    if (!convert(info[i], slot.ptr())) return throw_unfit(std::string("new ") + type_name(type) + ": argument " + std::to_string(i));
    pointers.push_back(slot.ptr());
  }
  Variant result;
  GDExtensionCallError error{};
  gd::variant_construct(static_cast<GDExtensionVariantType>(type), result.ptr(), pointers.data(), static_cast<int32_t>(pointers.size()), &error);
  if (error.error != GDEXTENSION_CALL_OK) return throw_type_error(std::string("no constructor of ") + type_name(type) + " takes (" + describe_all(info, 1) + ")");
  info.GetReturnValue().Set(variant_to_js(result.ptr()));
}

/// typeConstant(type, name)
void type_constant(const Info &info) {
  Variant result;
  gd::variant_get_constant_value(static_cast<GDExtensionVariantType>(info[0].As<v8::Int32>()->Value()), StringName(from_js(info[1])).ptr(), result.ptr());
  info.GetReturnValue().Set(variant_to_js(result.ptr()));
}

} // namespace

void install_operators(Local<v8::Object> target) {
  auto context = runtime::context();
  auto set = [&](const char *name, v8::FunctionCallback callback) {
    target->Set(context, js_name(name), v8::Function::New(context, callback).ToLocalChecked()).Check();
  };
  set("evaluate", evaluate);
  set("constructValue", construct_value);
  set("typeConstant", type_constant);
}

} // namespace gts
