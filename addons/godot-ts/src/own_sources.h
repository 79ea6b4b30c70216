// The runtime's own JavaScript, which lies in the library.
#pragma once
#include <v8.h>

namespace gts {

/// loadSource("classes"): one of our own files as a function of (native, require, modules). Throws where there is none of that name.
void load_source(const v8::FunctionCallbackInfo<v8::Value> &info);

/// How many of them came without being parsed, and how many did not, because V8 refused the code that was made of them at build time.
struct SourceCount {
  int from_code = 0, parsed = 0;
};
SourceCount source_count();

} // namespace gts
