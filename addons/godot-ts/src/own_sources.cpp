#include "own_sources.h"
#include "api_data.h"
#include "runtime.h"

namespace gts {

using v8::Local;

namespace {

/// V8 reads the text where it is: only functions that it has no code of are ever parsed.
class TextInLibrary : public v8::String::ExternalOneByteStringResource {
public:
  explicit TextInLibrary(const JsSource &source) : source(source) {}
  const char *data() const override { return source.text; }
  size_t length() const override { return source.length; }
private:
  const JsSource &source;
};

SourceCount counted;

const JsSource *find_source(const std::string &name) {
  for (size_t i = 0; i < js_source_count; i++) {
    if (name == js_sources[i].name) return &js_sources[i];
  }
  return nullptr;
}

v8::MaybeLocal<v8::Value> run(const JsSource &found) {
  v8::Isolate *isolate = runtime::isolate;
  Local<v8::String> text = v8::String::NewExternalOneByte(isolate, new TextInLibrary(found)).ToLocalChecked();
  v8::ScriptOrigin origin(js_string("godot-ts:" + std::string(found.name) + ".js"));
  // It becomes the source's, which deletes it.
  auto *code = new v8::ScriptCompiler::CachedData(found.code, found.code_length, v8::ScriptCompiler::CachedData::BufferNotOwned);
  v8::ScriptCompiler::Source source(text, origin, code);
  Local<v8::Script> script;
  if (!v8::ScriptCompiler::Compile(runtime::context(), &source, v8::ScriptCompiler::kConsumeCodeCache).ToLocal(&script)) return {};
  (source.GetCachedData()->rejected ? counted.parsed : counted.from_code)++;
  return script->Run(runtime::context());
}

} // namespace

void load_source(const v8::FunctionCallbackInfo<v8::Value> &info) {
  std::string name = from_js(info[0]);
  const JsSource *found = find_source(name);
  if (!found) return throw_error("godot-ts: no source named " + name);
  Local<v8::Value> function;
  if (run(*found).ToLocal(&function)) info.GetReturnValue().Set(function);
}

SourceCount source_count() { return counted; }

} // namespace gts
