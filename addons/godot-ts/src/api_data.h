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

extern const ApiRecord js_sources[];
extern const size_t js_source_count;

} // namespace gts
