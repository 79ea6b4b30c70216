// What stands between the engine's objects and their JavaScript ones: how long each holds the other.
#pragma once
#include "convert.h"
#include <vector>

namespace gts {

/// The numbers of a class and of those that extend it, which follow it: see generate-api.mjs.
struct ClassRange {
  uint32_t first = 0, descendants = 0;
  bool has(uint32_t number) const { return number - first <= descendants; }
};

/// The engine's instance binding of an object that JavaScript has seen. JavaScript objects point to it, never to the
/// engine's object, so that a freed object is noticed instead of touched.
struct Peer {
  void *object = nullptr;    // nullptr once the engine has freed it
  uint32_t class_number = 0; // of the object's class, see ClassRange; beside the pointer, as both are asked for together
  v8::Global<v8::Object> handle;
  std::vector<v8::Global<v8::Object>> former; // objects that stood for it before a script was attached
  bool refcounted = false;
  bool holds_reference = false;
  bool stateful = false; // a script class: its fields must outlive the last JavaScript reference
  bool weak = false;
  bool unused = false; // constructed by a script, and so far nobody else knows of it: see hold_loosely()
  int collections = 0; // second passes of the garbage collector that are still to come
  bool linked = false;
  Peer *previous = nullptr, *next = nullptr; // list of all peers
  Peer *stand_in = nullptr;                  // of an unused one: what its JavaScript object points to
  Peer *stands_for = nullptr;                // of a stand-in
};

/// Main thread only, like all that follows.
Peer *make_peer(void *object, bool refcounted, uint32_t class_number);
uint32_t peer_count();

/// Makes the peer the engine's instance binding of the object.
void bind(void *object, Peer *peer);
/// The same for an object that was constructed just now, to which nothing can be bound yet.
void bind_new(void *object, Peer *peer);

/// JavaScript's one reference of a RefCounted, which the caller has taken.
void hold_reference(Peer *peer);
/// Gives the engine a reference back, which may be the last.
void unreference(void *object);

/// JavaScript may collect the object; then the engine gets its reference back.
void make_weak(Peer *peer);
/// The handle of a RefCounted is weak, unless it is a script instance that the engine also holds.
void update_strength(Peer *peer);

/// A node lives until it is freed, and its JavaScript object with it. But of one whose constructor has thrown nobody knows, to free it,
/// and nothing tells us that a constructor threw. So until an object that a script constructed is first used, as an argument, a result,
/// or the receiver of a method by which the engine could come to know of it, it is held weakly, and both go together. Each use would have
/// to look for that, so the JavaScript object points to a stand-in without an engine object, and only those are looked at twice.
void hold_loosely(v8::Local<v8::Object> self, Peer *peer);
/// The first use of an object that is held loosely: from now on it lives until it is freed. Returns its peer.
Peer *note_use(v8::Local<v8::Object> object, Peer *stand_in);
/// The end of that without a use: another JavaScript object stands for it now.
void drop_stand_in(Peer *peer);

/// Work that other threads left for the main thread.
void drain_object_queue();
/// At shutdown.
void release_peers();

} // namespace gts
