import { expect, test } from "vitest";
import { parseClientOptions } from "../../../../tools/bench/client/client-options.ts";

test("without arguments a hundred are seen in a window of the usual size, without pictures", () => {
  expect(parseClientOptions([])).toEqual({
    ...{ entities: 100, seconds: 20, widthPixels: 1280, heightPixels: 720, picturesFolder: undefined },
    ...{ drawnSeconds: 10, fight: false, parts: false, profileFolder: undefined },
  });
  const options = parseClientOptions(["--entities", "1000", "--size", "3840x2160", "--pictures", "out/x"]);
  expect(options).toMatchObject({ entities: 1000, widthPixels: 3840, heightPixels: 2160, picturesFolder: "out/x" });
});

test("what makes no sense is refused with what was expected", () => {
  expect(() => parseClientOptions(["--entities", "1001"])).toThrow(
    "--entities: expected a whole number from 0 to 1000",
  );
  expect(() => parseClientOptions(["--size", "1280"])).toThrow("--size: expected a whole number");
  expect(() => parseClientOptions(["--seconds", "0"])).toThrow("--seconds");
  expect(() => parseClientOptions(["--colour", "red"])).toThrow();
});
