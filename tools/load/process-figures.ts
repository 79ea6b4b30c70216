import { readdirSync, readFileSync } from "node:fs";

/** What the system says of a process. */
export interface ProcessFigures {
  /** Processor time of all its threads, and of the main one alone, seconds. */
  cpuSeconds: number;
  mainThreadSeconds: number;
  residentMb: number;
}

/** Clock ticks of the process accounting; 100 on every Linux that there is (sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;

/** Throws when there is no such process, or no /proc. */
export function readProcessFigures(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const residentKb = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? Number.NaN);
  return {
    cpuSeconds: cpuSeconds(`/proc/${pid}/stat`),
    mainThreadSeconds: cpuSeconds(`/proc/${pid}/task/${pid}/stat`),
    residentMb: residentKb / 1024,
  };
}

function cpuSeconds(path: string): number {
  const text = readFileSync(path, "utf8");
  // The second field is the name in parentheses, which may hold anything; user and system time are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Datagrams that the system threw away because a socket's buffer was full: of the sockets bound to a port, or of all. */
export function readSocketDrops(port?: number): number {
  let drops = 0;
  for (const file of readdirSync("/proc/net")) {
    if (file !== "udp" && file !== "udp6") continue;
    for (const line of readFileSync(`/proc/net/${file}`, "utf8").trim().split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      const boundPort = Number.parseInt(fields[1]?.split(":").at(-1) ?? "", 16);
      if (port === undefined || boundPort === port) drops += Number(fields.at(-1));
    }
  }
  return drops;
}
