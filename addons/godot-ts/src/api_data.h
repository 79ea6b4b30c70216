// Data generated at build time: the engine's class tables and our JavaScript sources.
#pragma once
#include <cstddef>

namespace gts {

struct ApiRecord {
  const char *name;
  const char *text;
  size_t length;
};

/// Sorted by name; names are "kind:name", texts are JSON (see generate-api.mjs).
extern const ApiRecord api_records[];
extern const size_t api_record_count;
/// "single" or "double": the size of a real_t in the engine that the tables came from.
extern const char *const api_precision;

/// One of our own JavaScript files, in ASCII, as an expression that gives a function; and V8's code of it, which V8 refuses if it is another
/// version or runs with other flags.
struct JsSource {
  const char *name;
  const char *text;
  size_t length;
  const unsigned char *code;
  int code_length;
};

extern const JsSource js_sources[];
extern const size_t js_source_count;

} // namespace gts
