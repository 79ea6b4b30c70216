// One script on one engine object.
#pragma once
#include "script.h"

namespace gts {

/// The engine's script instance for `owner`; nullptr, after a report, if the class cannot be constructed.
void *create_script_instance(Script *script, void *owner);
/// The JavaScript object of an engine object that has one of our scripts; empty for others.
v8::MaybeLocal<v8::Object> script_peer(void *object);
/// Whether the instance on an object, if there is one, holds its JavaScript object itself; see hold_loosely() in objects.cpp.
void keep_peer(void *object, v8::Local<v8::Object> self);
void let_go_of_peer(void *object);
/// Lets go of what is left of instances that were freed while a script ran, or on other threads. Once no script runs.
void drop_gone_instances();
bool has_script_instance(void *object);
/// The objects that have this script.
std::vector<void *> owners_of(Script *script);
/// Gives the instance on `owner` another class, and returns its JavaScript object, which is still of the old one. Empty if there is none yet.
v8::MaybeLocal<v8::Object> change_class(void *owner, std::shared_ptr<ScriptClass> next);
/// Whether any instance on `object` runs this script.
bool instance_uses(Script *script, void *object);

} // namespace gts
