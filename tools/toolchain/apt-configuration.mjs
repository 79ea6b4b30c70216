// A private apt: its own lists, cache and (empty) record of what is installed, beside the machine's, which it never touches.
import { join } from "node:path";

/**
 * How the machine reaches its mirrors (proxies, certificates) from `apt-config dump`; nothing else of its set-up.
 * @param {string} dump
 * @returns {string[]} lines of an apt.conf
 */
export function inheritedAcquireSettings(dump) {
  return dump
    .split("\n")
    .filter((line) => /^Acquire::(https?|ftp|tor|ForceIPv[46]|Retries|Proxy)\b.*"[^"]+";$/i.test(line))
    .map((line) => line.trim());
}

/**
 * The apt.conf, to be named by APT_CONFIG.
 * @param {{ folder: string, architecture: string, inherited: readonly string[] }} options
 * @returns {string}
 */
export function aptConfiguration({ folder, architecture, inherited }) {
  const settings = {
    "Dir::Etc::main": "/dev/null",
    "Dir::Etc::parts": join(folder, "parts"),
    "Dir::Etc::sourcelist": join(folder, "sources.list"),
    "Dir::Etc::sourceparts": join(folder, "parts"),
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": join(folder, "parts"),
    "Dir::State": join(folder, "state"),
    "Dir::State::status": join(folder, "status"),
    "Dir::Cache": join(folder, "cache"),
    "Dir::Log": join(folder, "log"),
    "APT::Architecture": architecture,
    "APT::Architectures": architecture,
    "APT::Install-Recommends": "false",
    // Without root there is nobody to change to.
    "APT::Sandbox::User": "",
    "APT::Update::Error-Mode": "any",
    "Acquire::Languages": "none",
    // A mirror's cached Release file may be past its date; its signature is checked all the same.
    "Acquire::Check-Valid-Until": "false",
    "Acquire::Retries": "3",
    "Acquire::http::Timeout": "30",
  };
  const own = Object.entries(settings).map(([name, value]) => `${name} "${value}";`);
  return `${[...own, ...inherited].join("\n")}\n`;
}

/**
 * @param {{ mirror: string, suite: string, keyring: string }} options
 * @returns {string} a one-line sources.list
 */
export function aptSources({ mirror, suite, keyring }) {
  return `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`;
}
