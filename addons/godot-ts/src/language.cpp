#include "language.h"
#include "class_source.h"
#include "editor.h"
#include "resources.h"
#include "script.h"

namespace gts {

namespace {

void *language = nullptr;

void get_name(ExtensionObject *, const void *const *, void *result) { assign_string(result, "TypeScript"); }
void get_extension(ExtensionObject *, const void *const *, void *result) { assign_string(result, "ts"); }
void get_recognized_extensions(ExtensionObject *, const void *const *, void *result) { packed_strings_push(result, "ts"); }

const char *const reserved_words[] = {
    "abstract", "any", "as", "async", "await", "boolean", "break", "case", "catch", "class", "const", "constructor", "continue",
    "declare", "default", "delete", "do", "else", "enum", "export", "extends", "false", "finally", "for", "from", "function", "get",
    "if", "implements", "import", "in", "instanceof", "interface", "is", "keyof", "let", "new", "null", "number", "of", "override",
    "private", "protected", "public", "readonly", "return", "satisfies", "set", "static", "string", "super", "switch", "this",
    "throw", "true", "try", "type", "typeof", "undefined", "unknown", "var", "void", "while", "with", "yield"};
const char *const control_words[] = {"break", "case", "catch", "continue", "default", "do", "else", "finally", "for", "if", "return", "switch", "throw", "try", "while", "await", "yield"};

void get_reserved_words(ExtensionObject *, const void *const *, void *result) {
  for (const char *word : reserved_words) packed_strings_push(result, word);
}

void is_control_flow_keyword(ExtensionObject *, const void *const *args, void *result) {
  std::string word = to_utf8(args[0]);
  bool found = false;
  for (const char *control : control_words) found = found || word == control;
  *static_cast<GDExtensionBool *>(result) = found;
}

void get_comment_delimiters(ExtensionObject *, const void *const *, void *result) {
  packed_strings_push(result, "//");
  packed_strings_push(result, "/* */");
}
void get_doc_comment_delimiters(ExtensionObject *, const void *const *, void *result) { packed_strings_push(result, "/** */"); }
void get_string_delimiters(ExtensionObject *, const void *const *, void *result) {
  packed_strings_push(result, "\" \"");
  packed_strings_push(result, "' '");
  packed_strings_push(result, "` `");
}

/// For the name that is proposed for a new script: a node PauseMenu gets pause-menu.ts.
void prefer_kebab_case(ExtensionObject *, const void *const *, void *result) {
  constexpr int64_t script_name_casing_kebab_case = 3;
  *static_cast<int64_t *>(result) = script_name_casing_kebab_case;
}

void make_template(ExtensionObject *, const void *const *args, void *result) {
  std::string source = to_utf8(args[0]), class_name = to_utf8(args[1]), base = to_utf8(args[2]);
  if (source.empty()) {
    source = "import { _BASE_ } from \"godot\";\n\nexport default class _CLASS_ extends _BASE_ {\n  override _ready(): void {}\n}\n";
  }
  std::string pascal;
  bool upper = true;
  for (char letter : class_name) {
    if (letter == '-' || letter == '_' || letter == '.' || letter == ' ') {
      upper = true;
      continue;
    }
    pascal += upper && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    upper = false;
  }
  auto replace = [&](const std::string &what, const std::string &with) {
    for (size_t at = source.find(what); at != std::string::npos; at = source.find(what, at + with.size())) source.replace(at, what.size(), with);
  };
  if (base.starts_with('"')) { // a script's path: the new file is taken to lie beside it
    std::string file = base.substr(base.find_last_of('/') + 1);
    if (!file.empty() && file.back() == '"') file.pop_back();
    base = "Base";
    replace("import { _BASE_ } from \"godot\"", "import Base from \"./" + file + "\"");
    replace("import { _BASE_, ", "import Base from \"./" + file + "\";\nimport { ");
  }
  replace("_CLASS_", pascal);
  replace("_BASE_", base);
  replace("_TS_", "  ");
  void *object = create_script("");
  static_cast<Script *>(extension_object(object))->source = source;
  // The result is a Ref that the engine has initialised to null: it takes our reference over.
  *static_cast<void **>(result) = object;
}

void set_in(void *dictionary, std::string_view key, int type, void *value) { dictionary_set(dictionary, key, Variant::of(type, value)); }

constexpr int64_t error_unavailable = 2;

void complete_code(ExtensionObject *, const void *const *, void *result) {
  int64_t error = error_unavailable;
  GDExtensionBool force = false;
  String hint;
  set_in(result, "result", T_INT, &error);
  set_in(result, "force", T_BOOL, &force);
  set_in(result, "call_hint", T_STRING, hint.ptr());
}

void lookup_code(ExtensionObject *, const void *const *, void *result) {
  int64_t error = error_unavailable, type = 0;
  set_in(result, "result", T_INT, &error);
  set_in(result, "type", T_INT, &type);
}

void auto_indent_code(ExtensionObject *, const void *const *args, void *result) { assign_string(result, to_utf8(args[0])); }
void make_function(ExtensionObject *, const void *const *args, void *result) { assign_string(result, "  " + to_utf8(args[1]) + "(): void {}\n"); }
void create_script_object(ExtensionObject *, const void *const *, void *result) { *static_cast<void **>(result) = script_extension_class.create(false); }

void handles_global_class_type(ExtensionObject *, const void *const *args, void *result) {
  *static_cast<GDExtensionBool *>(result) = to_utf8(args[0]) == "TypeScript";
}

/// For the editor's list of classes with a name of their own, on the thread that looks through the files.
void get_global_class_name(ExtensionObject *, const void *const *args, void *result) {
  std::string path = to_utf8(args[0]);
  ClassSource found = read_class_source(read_text_file(path), path);
  if (found.global_name.empty() || found.base.empty()) return;
  GDExtensionBool is_abstract = found.is_abstract, is_tool = found.is_tool;
  set_in(result, "name", T_STRING, String(found.global_name).ptr());
  set_in(result, "base_type", T_STRING, String(found.base).ptr());
  set_in(result, "icon_path", T_STRING, String(found.icon).ptr());
  set_in(result, "is_abstract", T_BOOL, &is_abstract);
  set_in(result, "is_tool", T_BOOL, &is_tool);
}

const VirtualMethod language_methods[] = {
    {"_get_name", get_name},
    {"_init", return_nothing},
    {"_get_type", get_name},
    {"_get_extension", get_extension},
    {"_finish", return_nothing},
    {"_get_reserved_words", get_reserved_words},
    {"_is_control_flow_keyword", is_control_flow_keyword},
    {"_get_comment_delimiters", get_comment_delimiters},
    {"_get_doc_comment_delimiters", get_doc_comment_delimiters},
    {"_get_string_delimiters", get_string_delimiters},
    {"_make_template", make_template},
    {"_get_built_in_templates", get_built_in_templates},
    {"_is_using_templates", return_true},
    {"_validate", validate},
    {"_validate_path", return_nothing},
    {"_create_script", create_script_object},
    {"_has_named_classes", return_false},
    {"_supports_builtin_mode", return_false},
    {"_supports_documentation", return_true},
    {"_can_inherit_from_file", return_true},
    {"_find_function", return_minus_one},
    {"_make_function", make_function},
    {"_can_make_function", return_true},
    {"_open_in_external_editor", return_zero},
    {"_overrides_external_editor", return_false},
    {"_preferred_file_name_casing", prefer_kebab_case},
    {"_complete_code", complete_code},
    {"_lookup_code", lookup_code},
    {"_auto_indent_code", auto_indent_code},
    {"_add_global_constant", return_nothing},
    {"_add_named_global_constant", return_nothing},
    {"_remove_named_global_constant", return_nothing},
    {"_thread_enter", return_nothing},
    {"_thread_exit", return_nothing},
    {"_debug_get_error", return_nothing},
    {"_debug_get_stack_level_count", return_zero},
    {"_debug_get_stack_level_line", return_zero},
    {"_debug_get_stack_level_function", return_nothing},
    {"_debug_get_stack_level_source", return_nothing},
    {"_debug_get_stack_level_locals", return_nothing},
    {"_debug_get_stack_level_members", return_nothing},
    {"_debug_get_stack_level_instance", return_zero},
    {"_debug_get_globals", return_nothing},
    {"_debug_parse_stack_level_expression", return_nothing},
    {"_debug_get_current_stack_info", return_nothing},
    {"_reload_all_scripts", return_nothing},
    {"_reload_scripts", return_nothing},
    {"_reload_tool_script", return_nothing},
    {"_get_recognized_extensions", get_recognized_extensions},
    {"_get_public_functions", return_nothing},
    {"_get_public_constants", return_nothing},
    {"_get_public_annotations", return_nothing},
    {"_profiling_start", return_nothing},
    {"_profiling_stop", return_nothing},
    {"_profiling_set_save_native_calls", return_nothing},
    {"_profiling_get_accumulated_data", [](ExtensionObject *, const void *const *, void *result) { *static_cast<int32_t *>(result) = 0; }},
    {"_profiling_get_frame_data", [](ExtensionObject *, const void *const *, void *result) { *static_cast<int32_t *>(result) = 0; }},
    {"_frame", return_nothing},
    {"_handles_global_class_type", handles_global_class_type},
    {"_get_global_class_name", get_global_class_name},
};

ExtensionObject *make_language() { return new ExtensionObject(); }

ExtensionClass language_class("TypeScriptLanguage", "ScriptLanguageExtension", make_language, language_methods, sizeof language_methods / sizeof *language_methods);

MethodBind bind_register{"Engine", "register_script_language", 1850254898};
MethodBind bind_unregister{"Engine", "unregister_script_language", 1850254898};

} // namespace

void *language_object() { return language; }

void register_language() {
  script_extension_class.register_class();
  register_script_new();
  language_class.register_class();
  language = language_class.create(false);
  int64_t error = 0;
  const void *args[] = {&language};
  bind_register.call(gd::global_get_singleton(interned("Engine").ptr()), args, &error);
  register_resource_formats();
}

void unregister_language() {
  unregister_resource_formats();
  int64_t error = 0;
  const void *args[] = {&language};
  bind_unregister.call(gd::global_get_singleton(interned("Engine").ptr()), args, &error);
  gd::object_destroy(language);
  language = nullptr;
  language_class.unregister_class();
  script_extension_class.unregister_class();
}

} // namespace gts
