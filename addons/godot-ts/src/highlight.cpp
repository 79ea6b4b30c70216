#include "highlight.h"
#include "editor.h"
#include "extension_class.h"
#include "objects.h"

namespace gts {

namespace {

void get_name(ExtensionObject *, const void *const *, void *result) { assign_string(result, "TypeScript"); }
void get_languages(ExtensionObject *, const void *const *, void *result) { packed_strings_push(result, "TypeScript"); }

void create(ExtensionObject *, const void *const *, void *result);

void color_line(ExtensionObject *self, const void *const *args, void *result) {
  Entry entry;
  v8::Local<v8::Value> answer;
  Variant colors;
  int64_t line = *static_cast<const int64_t *>(args[0]);
  if (!entry.ok() || !ask_editor("colorLine", wrap_object(self->object, false), v8::Number::New(runtime::isolate, static_cast<double>(line))).ToLocal(&answer)) return;
  if (!to_variant(answer, colors.ptr()) || colors.type() != T_DICTIONARY) return;
  destroy_value[T_DICTIONARY](result);
  variant_to[T_DICTIONARY](result, colors.ptr());
}

/// The editor's settings may have other colours now.
void update_cache(ExtensionObject *, const void *const *, void *) {
  Entry entry;
  if (entry.ok()) ask_editor("forgetColors");
}

const VirtualMethod methods[] = {
    {"_get_name", get_name},
    {"_get_supported_languages", get_languages},
    {"_create", create},
    {"_get_line_syntax_highlighting", color_line},
    {"_update_cache", update_cache},
    {"_clear_highlighting_cache", return_nothing},
};

ExtensionObject *make_highlighter() { return new ExtensionObject(); }

ExtensionClass highlighter_class("TypeScriptHighlighter", "EditorSyntaxHighlighter", make_highlighter, methods, sizeof methods / sizeof *methods);

/// One for each script that is open. The result is a Ref that the engine has initialised to null: it takes our reference over.
void create(ExtensionObject *, const void *const *, void *result) { *static_cast<void **>(result) = highlighter_class.create(true); }

void *offered = nullptr;

void *script_editor() {
  static MethodBind get_script_editor{"EditorInterface", "get_script_editor", 90868003};
  void *editor_interface = gd::global_get_singleton(interned("EditorInterface").ptr()), *found = nullptr;
  if (editor_interface) get_script_editor.call(editor_interface, nullptr, &found);
  return found;
}

} // namespace

void register_highlighter() { highlighter_class.register_class(); }
void unregister_highlighter() { highlighter_class.unregister_class(); }

void begin_highlighting() {
  static MethodBind offer{"ScriptEditor", "register_syntax_highlighter", 1092774468};
  void *editor = script_editor();
  if (!editor || offered) return;
  offered = highlighter_class.create(true);
  const void *args[] = {&offered};
  offer.call(editor, args, nullptr);
}

void end_highlighting() {
  static MethodBind take_back{"ScriptEditor", "unregister_syntax_highlighter", 1092774468}, unreference{"RefCounted", "unreference", 2240911060};
  if (!offered) return;
  const void *args[] = {&offered};
  if (void *editor = script_editor()) take_back.call(editor, args, nullptr);
  GDExtensionBool die = false;
  unreference.call(offered, nullptr, &die);
  if (die) gd::object_destroy(offered);
  offered = nullptr;
}

} // namespace gts
