// Calls from JavaScript to the engine.
#pragma once
#include "convert.h"

namespace gts {

void install_methods(v8::Local<v8::Object> target);
void release_methods();

} // namespace gts
