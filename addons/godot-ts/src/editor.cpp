#include "editor.h"
#include "language.h"
#include "objects.h"

namespace gts {

using v8::Local;
using v8::Value;

namespace {

v8::Global<v8::Object> hooks;

void append_all(Local<Value> list, void *array) {
  if (!list->IsArray()) return;
  auto items = list.As<v8::Array>();
  for (uint32_t i = 0; i < items->Length(); i++) {
    Local<Value> item;
    Variant value;
    if (items->Get(runtime::context(), i).ToLocal(&item) && to_variant(item, value.ptr())) array_push(array, value);
  }
}

/// The editor reads all scripts' documentation on a thread that hands over to a second one, which joins it. With few scripts all that is
/// over before the main thread, if it has to wait for a processor, has noted whom it started: then the engine ends, as there is nobody
/// to join. So a thread that asks for the first time goes on after the main thread did.
void let_thread_be_known() {
  thread_local bool is_known = false;
  if (is_known || runtime::is_main_thread() || !is_editor()) return;
  runtime::wait_for_frame();
  is_known = true;
}

} // namespace

v8::MaybeLocal<Value> ask_editor(const char *question, Local<Value> first, Local<Value> second) {
  Local<Value> hook;
  if (hooks.IsEmpty() || !hooks.Get(runtime::isolate)->Get(runtime::context(), js_name(question)).ToLocal(&hook) || !hook->IsFunction()) return {};
  v8::TryCatch catcher(runtime::isolate);
  Local<Value> arguments[] = {first, second};
  const int count = first.IsEmpty() ? 0 : second.IsEmpty() ? 1 : 2;
  Local<Value> answer;
  if (!hook.As<v8::Function>()->Call(runtime::isolate, runtime::context(), v8::Undefined(runtime::isolate), count, arguments).ToLocal(&answer)) {
    report_exception(catcher, question);
    return {};
  }
  return answer;
}

void validate(ExtensionObject *, const void *const *args, void *result) {
  Entry entry;
  Local<Value> answer;
  if (entry.ok() && ask_editor("validate", engine_string_to_js(args[0]), engine_string_to_js(args[1])).ToLocal(&answer) && answer->IsObject()) {
    auto object = answer.As<v8::Object>();
    for (const char *key : {"valid", "errors", "functions"}) {
      Local<Value> item;
      Variant value;
      if (object->Get(runtime::context(), js_name(key)).ToLocal(&item) && to_variant(item, value.ptr())) dictionary_set(result, key, value);
    }
    return;
  }
  GDExtensionBool valid = true;
  dictionary_set(result, "valid", Variant::of(T_BOOL, &valid));
}

void get_built_in_templates(ExtensionObject *, const void *const *args, void *result) {
  Entry entry;
  Local<Value> answer;
  if (entry.ok() && ask_editor("templatesFor", string_name_to_js(args[0])).ToLocal(&answer)) append_all(answer, result);
}

void get_documentation(ExtensionObject *self, const void *const *, void *result) {
  const auto &script = *static_cast<Script *>(self);
  let_thread_be_known();
  Entry entry;
  Local<Value> answer;
  if (entry.ok() && ask_editor("documentation", js_string(script.source), js_string(script.path)).ToLocal(&answer)) append_all(answer, result);
}

void get_member_line(ExtensionObject *self, const void *const *args, void *result) {
  int64_t &line = *static_cast<int64_t *>(result);
  line = -1;
  Entry entry;
  Local<Value> answer;
  if (!entry.ok() || !ask_editor("memberLine", js_string(static_cast<Script *>(self)->source), string_name_to_js(args[0])).ToLocal(&answer) || !answer->IsNumber()) return;
  line = answer->IntegerValue(runtime::context()).FromMaybe(-1);
}

void get_class_icon_path(ExtensionObject *self, const void *const *, void *result) {
  if (auto script_class = static_cast<Script *>(self)->get_class()) assign_string(result, script_class->icon);
}

/// In the editor the source says it, whether it is built or not.
void get_global_name(ExtensionObject *self, const void *const *, void *result) {
  auto &script = *static_cast<Script *>(self);
  if (!script.source.empty()) return assign_name(result, script.class_source().global_name);
  if (auto script_class = script.get_class()) assign_name(result, script_class->global_name);
}

void is_abstract(ExtensionObject *self, const void *const *, void *result) {
  auto &script = *static_cast<Script *>(self);
  *static_cast<GDExtensionBool *>(result) = !script.source.empty() && script.class_source().is_abstract;
}

void update_help(Script &script) {
  if (!is_editor() || !runtime::is_main_thread() || script.path.empty()) return;
  static MethodBind get_script_editor{"EditorInterface", "get_script_editor", 90868003};
  static MethodBind update{"ScriptEditor", "update_docs_from_script", 3657522847};
  void *editor_interface = gd::global_get_singleton(interned("EditorInterface").ptr()), *script_editor = nullptr;
  if (!editor_interface) return;
  get_script_editor.call(editor_interface, nullptr, &script_editor);
  if (!script_editor) return; // not open yet
  script.help_knows = true;
  void *object = script.object;
  const void *args[] = {&object};
  update.call(script_editor, args, nullptr);
}

void install_editor(Local<v8::Object> target) {
  auto set_hooks = [](const v8::FunctionCallbackInfo<Value> &info) { hooks.Reset(runtime::isolate, info[0].As<v8::Object>()); };
  target->Set(runtime::context(), js_name("setEditorHooks"), v8::Function::New(runtime::context(), set_hooks).ToLocalChecked()).Check();
}

void release_editor() { hooks.Reset(); }

} // namespace gts
