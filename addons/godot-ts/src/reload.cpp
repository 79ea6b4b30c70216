// What hot reload (js/reload.js) needs of scripts and their instances.
#include "editor.h"
#include "instance.h"
#include "objects.h"

namespace gts {

using v8::Local;
using v8::Value;

namespace {

/// The project setting godot_ts/hot_reload, which is on where there is none.
bool is_switched_on() {
  static MethodBind get{"ProjectSettings", "get_setting", 223050753};
  GDExtensionBool on = true;
  String name("godot_ts/hot_reload");
  Variant otherwise = Variant::of(T_BOOL, &on), value;
  const void *args[] = {name.ptr(), otherwise.ptr()};
  get.call(gd::global_get_singleton(interned("ProjectSettings").ptr()), args, value.ptr());
  if (value.type() == T_BOOL) variant_to[T_BOOL](&on, value.ptr());
  return on;
}

/// Templates, and packs without a folder.
bool is_exported_game() {
  static MethodBind globalize{"ProjectSettings", "globalize_path", 3135753539};
  String root("res://"), folder;
  const void *path_args[] = {root.ptr()};
  globalize.call(gd::global_get_singleton(interned("ProjectSettings").ptr()), path_args, folder.ptr());
  if (to_utf8(folder.ptr()).empty()) return true;
  static MethodBind has_feature{"OS", "has_feature", 3927539163};
  String feature("template");
  const void *args[] = {feature.ptr()};
  GDExtensionBool found = false;
  has_feature.call(gd::global_get_singleton(interned("OS").ptr()), args, &found);
  return found;
}

/// hotReloadWanted(): in the editor and in games that run from the project's folder.
void hot_reload_wanted(const v8::FunctionCallbackInfo<Value> &info) { info.GetReturnValue().Set(!is_exported_game() && is_switched_on()); }

/// knownScripts(): { path: whether it has a class } of the scripts whose class was asked for.
void known_scripts(const v8::FunctionCallbackInfo<Value> &info) {
  Local<v8::Object> result = v8::Object::New(runtime::isolate);
  for (Script *script : file_scripts()) {
    if (script->was_asked()) result->Set(runtime::context(), js_string(script->path), v8::Boolean::New(runtime::isolate, script->get_class() != nullptr)).Check();
  }
  info.GetReturnValue().Set(result);
}

/// replaceClass(path, description): { objects, refused }; the JavaScript objects are for the caller to take over.
void replace_class(const v8::FunctionCallbackInfo<Value> &info) {
  const std::string path = from_js(info[0]);
  std::shared_ptr<ScriptClass> next = read_class(info[1].As<v8::Object>());
  std::vector<Local<Value>> objects;
  int refused = 0;
  for (Script *script : file_scripts()) {
    if (script->path != path) continue;
    script->replace_class(next);
    for (void *owner : owners_of(script)) {
      if (!is_class(owner, next->base_type.c_str())) {
        refused++;
        continue;
      }
      Local<v8::Object> object;
      if (change_class(owner, next).ToLocal(&object)) objects.push_back(object);
    }
  }
  Local<v8::Object> result = v8::Object::New(runtime::isolate);
  result->Set(runtime::context(), js_name("objects"), v8::Array::New(runtime::isolate, objects.data(), objects.size())).Check();
  result->Set(runtime::context(), js_name("refused"), v8::Integer::New(runtime::isolate, refused)).Check();
  info.GetReturnValue().Set(result);
}

/// refreshPlaceholders(path): the inspector shows what the class has now.
void refresh_placeholders(const v8::FunctionCallbackInfo<Value> &info) {
  const std::string path = from_js(info[0]);
  for (Script *script : file_scripts()) {
    if (script->path != path) continue;
    script->update_placeholders();
    update_help(*script);
  }
}

} // namespace

void install_reload(Local<v8::Object> target) {
  auto context = runtime::context();
  auto set = [&](const char *name, v8::FunctionCallback callback) {
    target->Set(context, js_name(name), v8::Function::New(context, callback).ToLocalChecked()).Check();
  };
  set("hotReloadWanted", hot_reload_wanted);
  set("knownScripts", known_scripts);
  set("replaceClass", replace_class);
  set("refreshPlaceholders", refresh_placeholders);
}

} // namespace gts
