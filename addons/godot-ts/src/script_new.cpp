// `Avatar.new()` in GDScript, for the scripts of this language.
#include "instance.h"
#include "objects.h"
#include "script.h"

namespace gts {

namespace {

MethodBind bind_instantiate{"ClassDB", "instantiate", 2760726917};
MethodBind bind_set_script{"Object", "set_script", 1114965689};

void make_instance(void *, GDExtensionClassInstancePtr instance, const GDExtensionConstVariantPtr *, GDExtensionInt count, GDExtensionVariantPtr result, GDExtensionCallError *error) {
  auto &script = *static_cast<Script *>(static_cast<ExtensionObject *>(instance));
  error->error = count > 0 ? GDEXTENSION_CALL_ERROR_TOO_MANY_ARGUMENTS : GDEXTENSION_CALL_OK;
  if (count > 0) return; // script classes need none: fields are set, then scene values
  auto script_class = script.get_class();
  if (!script_class || (is_editor() && !script_class->tool)) {
    error->error = GDEXTENSION_CALL_ERROR_INVALID_METHOD;
    return;
  }
  Variant made;
  StringName base(script_class->base_type);
  const void *class_args[] = {base.ptr()};
  bind_instantiate.call(gd::global_get_singleton(interned("ClassDB").ptr()), class_args, made.ptr());
  void *object = nullptr;
  variant_to[T_OBJECT](&object, made.ptr());
  if (!object) {
    error->error = GDEXTENSION_CALL_ERROR_INSTANCE_IS_NULL;
    return;
  }
  Variant script_value = Variant::of(T_OBJECT, &script.object);
  const void *script_args[] = {script_value.ptr()};
  bind_set_script.call(object, script_args, nullptr);
  if (!has_script_instance(object)) { // its constructor threw, which was said; nobody has the object
    if (!is_class(object, "RefCounted")) gd::object_destroy(object);
    return;
  }
  gd::variant_destroy(result);
  gd::variant_new_copy(result, made.ptr());
}

} // namespace

void register_script_new() {
  StringName name("new"), no_class("");
  String no_hint;
  constexpr uint32_t usage_default = 6;
  GDExtensionPropertyInfo returned{GDEXTENSION_VARIANT_TYPE_OBJECT, no_class.ptr(), no_class.ptr(), 0, no_hint.ptr(), usage_default};
  GDExtensionClassMethodInfo info{};
  info.name = name.ptr();
  info.call_func = make_instance;
  info.method_flags = GDEXTENSION_METHOD_FLAG_NORMAL | GDEXTENSION_METHOD_FLAG_VARARG;
  info.has_return_value = true;
  info.return_value_info = &returned;
  gd::classdb_register_extension_class_method(gd::library, interned("TypeScript").ptr(), &info);
}

} // namespace gts
