// JavaScript functions as the engine's Callables.
#pragma once
#include "convert.h"

namespace gts {

/// Builds a Callable of `function` in uninitialised memory. Two Callables of one function are equal.
/// `discards_result`: the caller has no use for what the function returns.
void make_callable(v8::Local<v8::Function> function, void *out, bool discards_result);
/// The function that a Callable was made of, if it was one.
v8::MaybeLocal<v8::Function> callable_function(void *callable);

void install_callables(v8::Local<v8::Object> target);
/// Frees what other threads left, and tells waiters whose signal can never come.
void drain_callable_queue();

} // namespace gts
