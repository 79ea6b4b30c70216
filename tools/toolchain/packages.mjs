// What the game is developed, built and tested with. All of it comes from one Debian release, so that the engine, the
// JavaScript runtime and the transport are built for the same C library.

/** The Debian release. */
export const SUITE = "forky";

/** Debian architectures that carry every package below, by Node's name for them. */
export const DEBIAN_ARCHITECTURES = /** @type {const} */ ({ x64: "amd64", arm64: "arm64" });

/** The folder under /usr/lib, by Debian architecture. */
export const MULTIARCH = /** @type {const} */ ({ amd64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" });

/**
 * Direct needs; apt adds what these depend on. Packages are unpacked, not configured: even what Debian calls essential
 * is named where a build or a run needs it.
 */
export const PACKAGES = Object.freeze([
  // A shell and what makefiles call.
  ...["base-files", "bash", "dash", "coreutils", "sed", "grep", "findutils", "mawk", "diffutils", "gzip", "tar"],
  ...["procps", "util-linux", "mount", "hostname", "libc-bin"],
  // The engine, its export template, the runtime, the transport, the code generator, the compiler.
  ...["godot", "godot-template-release", "nodejs", "libnode-dev", "libgamenetworkingsockets-dev", "libopus-dev"],
  ...["flatbuffers-compiler", "g++", "make"],
  // Drivers: OpenGL and Vulkan, on the GPU and in software.
  ...["libgl1-mesa-dri", "libgl1", "libegl1", "libgles2", "libglx-mesa0", "libegl-mesa0", "libvulkan1"],
  "mesa-vulkan-drivers",
  // Libraries that the engine opens by name while it runs: no package depends on them.
  ...["libx11-6", "libxcursor1", "libxi6", "libxrandr2", "libxinerama1", "libxrender1", "libxext6"],
  ...["libxkbcommon0", "libxkbcommon-x11-0", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1"],
  ...["libdecor-0-0", "libdecor-0-plugin-1-cairo", "libpulse0", "libasound2t64", "libpipewire-0.3-0t64"],
  ...["libudev1", "libdbus-1-3", "libfontconfig1", "libspeechd2", "fonts-dejavu-core"],
  // A display where there is none, and something that presses its keys.
  ...["xvfb", "xauth", "xdotool"],
  // Ways to enter the userland on a machine that has none of its own.
  ...["bubblewrap", "proot"],
]);

/**
 * What must be there, in which range, and which package brings it.
 * `minimum` is included, `below` is not; both count the leading numbers of a version.
 * @typedef {{ name: string, packageName: string, minimum: string, below: string, versionArguments: readonly string[] }} ProgramNeed
 */

/** @type {readonly ProgramNeed[]} */
export const PROGRAMS = Object.freeze([
  { name: "godot", packageName: "godot", minimum: "4.6", below: "5", versionArguments: ["--version"] },
  { name: "node", packageName: "nodejs", minimum: "24", below: "25", versionArguments: ["--version"] },
  { name: "flatc", packageName: "flatbuffers-compiler", minimum: "23.5", below: "27", versionArguments: ["--version"] },
  { name: "g++", packageName: "g++", minimum: "13", below: "30", versionArguments: ["-dumpfullversion"] },
  { name: "make", packageName: "make", minimum: "4", below: "5", versionArguments: ["--version"] },
  // These tell no version without a display: found is enough.
  { name: "Xvfb", packageName: "xvfb", minimum: "", below: "", versionArguments: [] },
  { name: "xdotool", packageName: "xdotool", minimum: "", below: "", versionArguments: [] },
]);

/**
 * Files without a program: MULTIARCH in a path stands for the architecture's folder; `holds` is text that must be in it.
 * @typedef {{ name: string, packageName: string, path: string, holds?: string }} FileNeed
 */

/** @type {readonly FileNeed[]} */
export const FILES = Object.freeze([
  { name: "libnode 24", packageName: "libnode137", path: "/usr/lib/MULTIARCH/libnode.so.137" },
  {
    name: "libnode headers",
    packageName: "libnode-dev",
    path: "/usr/include/node/node_version.h",
    holds: "#define NODE_MAJOR_VERSION 24",
  },
  {
    name: "GameNetworkingSockets",
    packageName: "libgamenetworkingsockets-dev",
    path: "/usr/include/GameNetworkingSockets/steam/steamnetworkingsockets.h",
  },
]);

/** Packages whose version decides whether a native addon must be built anew. */
export const ABI_PACKAGES = Object.freeze(["godot", "nodejs", "libnode-dev", "libgamenetworkingsockets-dev", "g++"]);
