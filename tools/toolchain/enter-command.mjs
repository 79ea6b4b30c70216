// The command lines that run a program inside the userland. All of them end with the program and its arguments, keep
// the user, the environment and the working folder, pass signals and exit codes on, and take everything inside with
// them when they are killed.

/**
 * `bwrap` and `unshare` make a process namespace, so that nothing inside outlives them; the `-shared` forms are for
 * containers that do not allow another /proc. `proot` needs no namespaces: it rewrites paths. `direct` is for a system
 * that has the programs itself.
 * @typedef {"bwrap" | "bwrap-shared" | "unshare" | "unshare-shared" | "proot" | "direct"} EnterMode
 */

/**
 * @typedef {object} EnterPlan
 * @property {readonly import("./mounts.mjs").Mount[]} mounts empty for the system itself
 * @property {string} root the userland's folder, "/" for the system itself
 * @property {string} newRoot an empty folder to build the view in (unshare)
 * @property {string} cwd
 * @property {number} uid
 * @property {number} gid
 * @property {{ bwrap: readonly string[], unshare: string, setpriv: string, proot: readonly string[], sh: string }} programs
 */

/**
 * @param {EnterMode} mode
 * @param {EnterPlan} plan
 * @returns {string[]} to be followed by the program and its arguments
 */
export function enterCommand(mode, plan) {
  switch (mode) {
    case "bwrap":
      return bwrapCommand(plan, true);
    case "bwrap-shared":
      return bwrapCommand(plan, false);
    case "unshare":
      return unshareCommand(plan, true);
    case "unshare-shared":
      return unshareCommand(plan, false);
    case "proot":
      return prootCommand(plan);
    case "direct":
      return dieWithParent(plan);
  }
}

/**
 * Whoever started it may be killed without a chance to say so.
 * @param {EnterPlan} plan
 */
function dieWithParent(plan) {
  return plan.programs.setpriv === "" ? [] : [plan.programs.setpriv, "--pdeathsig", "KILL", "--"];
}

/**
 * Ctrl-C reaches bwrap as well as the program inside. bwrap would die of it at once and take the program with it, before
 * that could say goodbye.
 */
const DEAF_TO_TERMINAL = `trap '' INT QUIT; exec "$0" "$@"`;

/**
 * @param {EnterPlan} plan
 * @param {boolean} ownProcesses
 */
function bwrapCommand(plan, ownProcesses) {
  const command = [plan.programs.sh, "-c", DEAF_TO_TERMINAL, ...plan.programs.bwrap, "--die-with-parent"];
  if (ownProcesses) command.push("--unshare-pid");
  if (plan.mounts.length === 0) {
    command.push("--dev-bind", "/", "/");
    if (ownProcesses) command.push("--proc", "/proc");
  } else command.push("--tmpfs", "/");
  for (const { kind, source, target } of plan.mounts) {
    switch (kind) {
      case "read":
        command.push("--ro-bind", source, target);
        break;
      case "write":
        command.push("--bind", source, target);
        break;
      case "link":
        command.push("--symlink", source, target);
        break;
      case "devices":
        command.push("--dev-bind", source, target);
        break;
      case "processes":
        command.push(...(ownProcesses ? ["--proc", target] : ["--bind", source, target]));
        break;
      case "scratch":
        command.push("--tmpfs", target);
        break;
    }
  }
  command.push("--chdir", plan.cwd, "--", "env", "--default-signal=INT,QUIT");
  return command;
}

/**
 * Without bubblewrap: a mount namespace of one's own, the view built in it by a shell, and pivot_root. Not root: a user
 * namespace around it, in which one is, and a second one inside to be oneself again.
 * @param {EnterPlan} plan
 * @param {boolean} ownProcesses
 */
function unshareCommand(plan, ownProcesses) {
  const command = [...dieWithParent(plan), plan.programs.unshare, "--mount", "--fork", "--kill-child=KILL"];
  if (plan.uid !== 0) command.push("--user", "--map-root-user");
  if (ownProcesses) command.push("--pid");
  const script = plan.mounts.length === 0 ? systemScript(ownProcesses) : viewScript(plan, ownProcesses);
  return [...command, plan.programs.sh, "-c", script, "darkages", plan.newRoot, plan.cwd];
}

/** The script uses the machine's programs; what it starts, those of the PATH that it was given. */
const HOST_PATH = 'inner="$PATH"; PATH=/usr/bin:/bin:/usr/sbin:/sbin';

/**
 * $1 new root, $2 working folder, then the command.
 * @param {EnterPlan} plan
 * @param {boolean} ownProcesses
 */
function viewScript(plan, ownProcesses) {
  const lines = ["set -e", HOST_PATH, 'new="$1" dir="$2"; shift 2', "umask 022"];
  lines.push("mount --make-rprivate /", 'mount -t tmpfs -o mode=755 darkages "$new"');
  for (const { kind, source, target } of plan.mounts) {
    const from = quote(source);
    const to = `"$new"${quote(target)}`;
    if (kind === "link") lines.push(`ln -s ${from} ${to}`);
    else if (kind === "scratch") lines.push(`mount -t tmpfs -o mode=1777 darkages ${to}`);
    else if (kind === "processes" && ownProcesses) lines.push(`mkdir -p ${to}; mount -t proc proc ${to}`);
    else lines.push(`[ -d ${from} ] && mkdir -p ${to} || [ -e ${to} ] || : > ${to}; mount --rbind ${from} ${to}`);
    // Some kernels refuse this in a user namespace; it only guards against accidents.
    if (kind === "read" && source.startsWith(`${plan.root}/`)) {
      lines.push(`mount -o remount,bind,ro ${to} 2>/dev/null || :`);
    }
  }
  lines.push('cd "$new"; mkdir -p .old; pivot_root . .old; umount -l /.old; rmdir /.old; cd "$dir"');
  const self = plan.uid === 0 ? "" : `unshare --user --map-user=${plan.uid} --map-group=${plan.gid} -- `;
  return [...lines, ...runScript(self, ownProcesses)].join("\n");
}

/** @param {boolean} ownProcesses */
function systemScript(ownProcesses) {
  const lines = ["set -e", HOST_PATH, 'cd "$2"; shift 2'];
  if (ownProcesses) lines.push("mount -t proc proc /proc");
  return [...lines, ...runScript("", ownProcesses)].join("\n");
}

/**
 * The first process of a namespace is deaf to signals that it does not handle: the shell stays first, and the program
 * is an ordinary second.
 * @param {string} prefix
 * @param {boolean} ownProcesses
 */
function runScript(prefix, ownProcesses) {
  const innerPath = 'PATH="$inner"';
  if (!ownProcesses) return [innerPath, `exec ${prefix}"$@"`];
  return [innerPath, "set +e; trap : HUP INT TERM", `${prefix}"$@"`, "exit $?"];
}

/** @param {EnterPlan} plan */
function prootCommand(plan) {
  const command = [...dieWithParent(plan), ...plan.programs.proot, "--kill-on-exit", "-r", plan.root];
  for (const { kind, source, target } of plan.mounts) {
    // Everything of the userland is in place already; there is no way to add an empty folder, and none is needed.
    if (kind === "link" || kind === "scratch" || source.startsWith(`${plan.root}/`)) continue;
    command.push("-b", source === target ? source : `${source}:${target}`);
  }
  return [...command, "-w", plan.cwd];
}

/** @param {string} text */
function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
