import { describe, expect, it } from "vitest";
import {
  aptConfiguration,
  aptSources,
  inheritedAcquireSettings,
} from "../../../../tools/toolchain/apt-configuration.mjs";

describe("inheritedAcquireSettings", () => {
  it("keeps how the mirror is reached and nothing that runs or relaxes anything", () => {
    const dump = `Acquire "";
Acquire::http::Proxy "http://proxy.example:3142";
Acquire::https::CAInfo "/etc/ssl/own.pem";
Acquire::AllowInsecureRepositories "1";
APT::Update::Post-Invoke:: "rm -f /var/cache/apt/archives/*.deb";
Dir::Etc::sourcelist "sources.list";
`;
    expect(inheritedAcquireSettings(dump)).toEqual([
      'Acquire::http::Proxy "http://proxy.example:3142";',
      'Acquire::https::CAInfo "/etc/ssl/own.pem";',
    ]);
  });
});

describe("aptConfiguration", () => {
  const text = aptConfiguration({ folder: "/x/apt", architecture: "arm64", inherited: ['Acquire::http::Proxy "p";'] });
  it("keeps state and cache in its own folder", () => {
    for (const name of ["Dir::State", "Dir::Cache", "Dir::State::status", "Dir::Etc::sourcelist", "Dir::Log"]) {
      expect(text).toMatch(new RegExp(`^${name} "/x/apt/`, "m"));
    }
  });
  it("ends with what it inherits", () => {
    expect(text).toMatch(/Acquire::http::Proxy "p";\n$/);
  });
});

describe("aptSources", () => {
  it("names the keyring that must have signed", () => {
    expect(aptSources({ mirror: "http://m.example/debian", suite: "forky", keyring: "/k.gpg" })).toBe(
      "deb [signed-by=/k.gpg] http://m.example/debian forky main\n",
    );
  });
});
