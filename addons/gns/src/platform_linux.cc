#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "platform.h"

namespace gns {
namespace {

uint16 portOf(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

socklen_t toSystem(const SteamNetworkingIPAddr& from, sockaddr_storage* to) {
  memset(to, 0, sizeof *to);
  if (from.IsIPv4()) {
    auto* v4 = reinterpret_cast<sockaddr_in*>(to);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(from.m_port);
    v4->sin_addr.s_addr = htonl(from.GetIPv4());
    return sizeof *v4;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(to);
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(from.m_port);
  memcpy(&v6->sin6_addr, from.m_ipv6, sizeof from.m_ipv6);
  return sizeof *v6;
}

BindOutcome outcomeOf(int error) {
  switch (error) {
    case EADDRINUSE:
      return BindOutcome::inUse;
    case EADDRNOTAVAIL:
      return BindOutcome::invalid;
    case EACCES:
    case EPERM:
      return BindOutcome::forbidden;
    default:
      return BindOutcome::failed;
  }
}

void grow(int fd, int force, int option, int bytes) {
  // The forced variant passes the system's limit and needs a privilege; the plain one is cut to the limit.
  if (setsockopt(fd, SOL_SOCKET, force, &bytes, sizeof bytes) != 0) {
    setsockopt(fd, SOL_SOCKET, option, &bytes, sizeof bytes);
  }
}

}  // namespace

BindOutcome probeBind(SteamNetworkingIPAddr* address, std::string* detail) {
  sockaddr_storage system;
  const socklen_t size = toSystem(*address, &system);
  const int fd = socket(system.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP);
  if (fd < 0) {
    *detail = strerror(errno);
    return BindOutcome::failed;
  }
  if (address->IsIPv6AllZeros()) {
    const int off = 0;
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  }
  BindOutcome outcome = BindOutcome::free;
  if (bind(fd, reinterpret_cast<sockaddr*>(&system), size) != 0) {
    outcome = outcomeOf(errno);
    *detail = strerror(errno);
  } else if (address->m_port == 0) {
    socklen_t length = sizeof system;
    getsockname(fd, reinterpret_cast<sockaddr*>(&system), &length);
    address->m_port = portOf(system);
  }
  close(fd);
  return outcome;
}

int prepareSocket(uint16 port, int bytes) {
  int granted = 0;
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  while (const dirent* entry = readdir(folder)) {
    const int fd = atoi(entry->d_name);
    int type = 0;
    socklen_t typeSize = sizeof type;
    sockaddr_storage address = {};
    socklen_t addressSize = sizeof address;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &typeSize) != 0 || type != SOCK_DGRAM) continue;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &addressSize) != 0 || portOf(address) != port) continue;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    grow(fd, SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    grow(fd, SO_SNDBUFFORCE, SO_SNDBUF, bytes);
    socklen_t grantedSize = sizeof granted;
    getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &granted, &grantedSize);
  }
  closedir(folder);
  return granted;
}

}  // namespace gns
