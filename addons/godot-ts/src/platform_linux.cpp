// Linux only: everything else in this folder is portable.
#include "platform.h"
#include <cstdio>
#include <dlfcn.h>
#include <node_version.h>
#include <poll.h>
#include <unistd.h>

namespace gts::platform {

#define GTS_TEXT2(x) #x
#define GTS_TEXT(x) GTS_TEXT2(x)

std::string export_node_symbols() {
  // The engine opens extensions with local symbols; opening the same library again as global promotes it.
  const char *library = "libnode.so." GTS_TEXT(NODE_MODULE_VERSION);
  if (dlopen(library, RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD)) return {};
  const char *reason = dlerror();
  return std::string(library) + ": " + (reason ? reason : "not loaded");
}

double resident_mb() {
  FILE *file = std::fopen("/proc/self/statm", "r");
  if (!file) return 0;
  long total = 0, resident = 0;
  int fields = std::fscanf(file, "%ld %ld", &total, &resident);
  std::fclose(file);
  return fields == 2 ? static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0) : 0;
}

bool has_event(int backend) {
  pollfd waits{backend, POLLIN, 0};
  return poll(&waits, 1, 0) != 0;
}

} // namespace gts::platform
