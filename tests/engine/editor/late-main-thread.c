// For LD_PRELOAD: the main thread loses its processor whenever it has started a thread, as on a machine that is busy. What the new thread does meanwhile
// must not need what the main thread has not noted yet.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef int (*Create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
  static Create create;
  if (!create) create = (Create)dlsym(RTLD_NEXT, "pthread_create");
  const int error = create(thread, attributes, run, argument);
  if (syscall(SYS_gettid) == getpid()) usleep(60000);
  return error;
}
