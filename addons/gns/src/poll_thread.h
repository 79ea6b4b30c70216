// The thread on which GameNetworkingSockets receives, encrypts, sends and acknowledges, in place of the library's own.
#pragma once

namespace gns {

// The library's own thread wakes up for every single packet. Where there are many connections this one rests for some milliseconds
// between its turns, and each turn takes all that has come: half as many switches between threads, and system calls that find something.
// With few connections it is as prompt as the library's. Where a library cannot be polled, that one's thread does it all, and these do nothing.

// Before the library is initialized: it then makes no thread of its own.
void preparePolling();

// After the library was initialized.
void startPolling();

// Before the library is shut down. Waits for the turn that is being taken.
void stopPolling();

// Something was given to the library that should leave now: ends a rest.
void pollSoon();

}  // namespace gns
