// What the Godot editor asks about sources; js/editor.js answers.
#pragma once
#include "script.h"

namespace gts {

/// What js/editor.js answers; empty where JavaScript cannot run, and after an exception, which is reported.
v8::MaybeLocal<v8::Value> ask_editor(const char *question, v8::Local<v8::Value> first = {}, v8::Local<v8::Value> second = {});

/// ScriptLanguageExtension._validate and _get_built_in_templates.
void validate(ExtensionObject *self, const void *const *args, void *result);
void get_built_in_templates(ExtensionObject *self, const void *const *args, void *result);
/// ScriptExtension._get_documentation, _get_member_line, _get_class_icon_path, _get_global_name and _is_abstract.
void get_documentation(ExtensionObject *self, const void *const *args, void *result);
void get_member_line(ExtensionObject *self, const void *const *args, void *result);
void get_class_icon_path(ExtensionObject *self, const void *const *args, void *result);
void get_global_name(ExtensionObject *self, const void *const *args, void *result);
void is_abstract(ExtensionObject *self, const void *const *args, void *result);
/// Lets the editor's help take over the documentation of a script that it may have loaded where no JavaScript runs.
void update_help(Script &script);

void install_editor(v8::Local<v8::Object> target);
void release_editor();

} // namespace gts
