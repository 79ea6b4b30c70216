// Linux only: everything else in this folder is portable.
#include "platform.h"
#include <dlfcn.h>
#include <node_version.h>
#include <string>
#include <sys/epoll.h>
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

namespace {
int watcher = -1;
}

void watch_events(int backend) {
  if (watcher >= 0) close(watcher);
  watcher = backend < 0 ? -1 : epoll_create1(EPOLL_CLOEXEC);
  if (watcher < 0) return;
  epoll_event event{};
  event.events = EPOLLIN;
  if (epoll_ctl(watcher, EPOLL_CTL_ADD, backend, &event) == 0) return;
  close(watcher);
  watcher = -1;
}

bool has_event() {
  // Asking poll() would do as well, and the kernel would look at everything that the loop waits for. A second queue that waits for
  // the loop's own hears of it in time, is empty until then, and takes nothing away from the first.
  epoll_event event;
  return epoll_wait(watcher, &event, 1, 0) != 0;
}

} // namespace gts::platform
