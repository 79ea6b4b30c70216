#include "node_environment.h"
#include "memory_limits.h"
#include <chrono>
#include <string_view>
#include <uv.h>
#include <v8.h>

namespace gts::node_environment {

std::unique_ptr<node::MultiIsolatePlatform> platform;
std::unique_ptr<node::CommonEnvironmentSetup> setup;

namespace {

std::shared_ptr<node::InitializationResult> init_result;
node::EmbedderSnapshotData::Pointer snapshot;
std::vector<std::string> problems;
uv_thread_t maker;
bool making = false;
double made_ms = 0;

/// What V8's main threads have on Linux; elsewhere a thread begins with less than V8 believes to have.
constexpr size_t stack_bytes = 8 << 20;

/// Before the reasons that Node gave.
void fail(const char *what) { problems.insert(problems.begin(), what); }

void make(void *) {
  const auto begin = std::chrono::steady_clock::now();
  constexpr uint64_t flags = node::EnvironmentFlags::kOwnsProcessState | node::EnvironmentFlags::kOwnsInspector | node::EnvironmentFlags::kNoStartDebugSignalHandler;
  snapshot = node::EmbedderSnapshotData::BuiltinSnapshotData();
  setup = node::CommonEnvironmentSetup::CreateFromSnapshot(platform.get(), &problems, snapshot.get(), init_result->args(), init_result->exec_args(), static_cast<node::EnvironmentFlags::Flags>(flags));
  if (!setup) fail("Node's environment could not be made");
  made_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void wait() {
  if (making) uv_thread_join(&maker);
  making = false;
}

} // namespace

void begin() {
  using Flags = node::ProcessInitializationFlags::Flags;
  // OpenSSL begins when a script first needs it: few games do, and reading its configuration takes longer than all of our own start.
  uint32_t flags = node::ProcessInitializationFlags::kNoFlags;
  for (Flags flag : {node::ProcessInitializationFlags::kNoInitializeV8, node::ProcessInitializationFlags::kNoInitializeNodeV8Platform,
                     node::ProcessInitializationFlags::kNoStdioInitialization, node::ProcessInitializationFlags::kNoDefaultSignalHandling,
                     node::ProcessInitializationFlags::kNoAdjustResourceLimits, node::ProcessInitializationFlags::kNoUseLargePages,
                     node::ProcessInitializationFlags::kNoPrintHelpOrVersionOutput, node::ProcessInitializationFlags::kNoInitOpenSSL, node::ProcessInitializationFlags::kDisableNodeOptionsEnv})
    flags |= static_cast<uint32_t>(flag);
  init_result = node::InitializeOncePerProcess({"godot"}, static_cast<Flags>(flags));
  if (init_result->early_return() || !init_result->errors().empty()) {
    problems = init_result->errors();
    return fail("Node did not initialise");
  }
  set_memory_limits();
  // It is part of libnode, of which nothing else is summed up at the start either.
  constexpr std::string_view trusts_snapshot = "--no-verify-snapshot-checksum";
  v8::V8::SetFlagsFromString(trusts_snapshot.data(), trusts_snapshot.size());
  constexpr int worker_threads = 2;
  platform = node::MultiIsolatePlatform::Create(worker_threads);
  v8::V8::InitializePlatform(platform.get());
  v8::V8::Initialize();
  uv_thread_options_t options{};
  options.flags = UV_THREAD_HAS_STACK_SIZE;
  options.stack_size = stack_bytes;
  making = uv_thread_create_ex(&maker, &options, make, nullptr) == 0;
  if (!making) make(nullptr); // no thread to be had: the start takes longer
}

std::vector<std::string> finish() {
  wait();
  return problems;
}

void end() {
  wait();
  setup.reset();
  snapshot.reset();
  if (platform) {
    v8::V8::Dispose();
    v8::V8::DisposePlatform();
    platform.reset();
  }
  if (init_result) node::TearDownOncePerProcess();
  init_result.reset();
}

double thread_ms() { return made_ms; }

} // namespace gts::node_environment
