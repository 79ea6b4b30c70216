import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // All cores: without it one is left to whoever edits, which on two of them is half the machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          testTimeout: 60_000,
          pool: "forks",
          // The modules of the project keep no state: a process for each of two hundred files would take longer than the tests.
          isolate: false,
        },
      },
      {
        test: { name: "scenario", include: ["tests/scenario/**/*.test.ts"], testTimeout: 120_000, pool: "forks" },
      },
      {
        test: {
          name: "engine",
          include: ["tests/engine/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          pool: "forks",
          // Each test starts an engine, which draws in software where there is no GPU: two at a time, as most of their time is waiting.
          maxWorkers: Math.min(2, availableParallelism()),
        },
      },
    ],
  },
});
