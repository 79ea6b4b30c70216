import { expect, it } from "vitest";
import { planAddition } from "../../../../tools/toolchain/add-packages.mjs";

it("adds what is missing, leaves what is there, and names what is there in another version", () => {
  const uris = [
    "Reading package lists...",
    "'http://mirror/pool/clang_21.1.8-74_amd64.deb' clang_1%3a21.1.8-74_amd64.deb 4160 SHA256:0",
    "'http://mirror/pool/libllvm21_21.1.8-13_amd64.deb' libllvm21_1%3a21.1.8-13_amd64.deb 1 SHA256:0",
    "'http://mirror/pool/libc6_2.44-1_amd64.deb' libc6_2.44-1_amd64.deb 1 SHA256:0",
    "'http://mirror/pool/gcc-16-base_16.2.0-3_all.deb' gcc-16-base_16.2.0-3_all.deb 1 SHA256:0",
  ].join("\n");
  const present = { libllvm21: "1:21.1.8-13", libc6: "2.43-7", "gcc-16-base": "16.2.0-3" };
  expect(planAddition(uris, present)).toEqual({
    missing: { clang: "1:21.1.8-74" },
    older: ["libc6 2.43-7, now 2.44-1"],
  });
});
