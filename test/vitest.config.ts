import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './support/longest-first.js';

/**
 * Calls are heard in real time, and a machine that many share may miss a moment: there, what fails once is tried once more.
 * Who works on a test sees every failure.
 */
const retry = process.env['CI'] === undefined ? 0 : 1;

/** The groups of `scripts/test`: one project each. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  // Nothing of vite's own is wanted: no plugins, no public folder, no cache inside the source tree.
  publicDir: false,
  cacheDir: 'node_modules/.vitest',
  test: {
    dangerouslyIgnoreUnhandledErrors: false,
    allowOnly: process.env['CI'] === undefined,
    // Processes, not threads: what a test starts (Asterisk, gateways) ends with the process that started it.
    pool: 'forks',
    setupFiles: ['test/support/leaks.ts'],
    // How long to wait for what has to come: on a busy machine that is more than the second that vitest waits by itself.
    expect: { poll: { timeout: 15_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/asterisk/**', 'test/browser/**', 'test/compose/**'],
          // By itself vitest leaves one core idle, which on a small machine is half of it.
          maxWorkers: '100%',
          // These end what hangs. They measure nothing, so they leave a busy machine all the time it needs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'asterisk',
          include: ['test/asterisk/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file has an Asterisk of its own and mostly waits, in real time: three fill two cores, more starve each other.
          maxWorkers: 3,
          retry,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          retry,
        },
      },
    ],
  },
});
