import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './support/longest-first.js';

/**
 * Calls are heard in real time, and a machine that many share may miss a moment: there, what fails once is tried once more.
 * Who works on a test sees every failure.
 */
const retry = process.env['CI'] === undefined ? 0 : 1;

/** These start other programs (sox, php, gateways) or calculate for long: `npm run check` leaves them out. */
const LONG_UNIT_TESTS = [
  'test/{asterisk-config,backups,bench,contract,examples,prompts,scripts}/**/*.test.ts',
  'test/sounds.test.ts',
  'test/docs/site.test.ts',
  'test/app/{audit-routes,configuration,documents,earlier-versions,redis}.test.ts',
  'test/call-plan/{interpreter.property,lint-cost}.test.ts',
  'test/cli/environment.test.ts',
  'test/company/opening-hours.test.ts',
  // These mock a module.
  'test/company/actions/added-action.test.ts',
  'test/web/console/setup/setup-phone.test.ts',
  'test/company/document/document.test.ts',
  'test/http/cost.test.ts',
  'test/notifications/thousand.test.ts',
  'test/privacy/{erase,number-index}.test.ts',
  'test/reports/reports.test.ts',
  'test/shared-state/redis-faults.test.ts',
  'test/storage/{connections,history}.test.ts',
  'test/web/console/plans/plans.property.test.ts',
  'test/webhooks/{backlog,kill,real-shop}.test.ts',
];

const OTHER_GROUPS = ['test/asterisk/**', 'test/browser/**', 'test/compose/**'];

const ONLY_POSTGRES = [
  'test/storage/{move-database,postgres,postgres-tls}.test.ts',
  'test/support/postgres-server.test.ts',
];

/** The stores: their tests run on SQLite and on a real PostgreSQL. */
const STORE_TESTS = [
  'test/alarms/{alarms,routes}.test.ts',
  'test/accounts/accounts.test.ts',
  'test/calls/{call-notes,handset-call-routes,missed-call-routes,refused-calls,routes}.test.ts',
  'test/company/store/company-store.test.ts',
  'test/orders/order-book.test.ts',
  'test/reports/reports.test.ts',
  'test/storage/{compatibility,flow-store,lease-fence}.test.ts',
  ...ONLY_POSTGRES,
];

const UNIT_LIMITS = {
  // By itself vitest leaves one core idle, which on a small machine is half of it.
  maxWorkers: '100%',
  // These end what hangs. They measure nothing, so they leave a busy machine all the time it needs.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** The same for tests with an Asterisk or a browser, which start several programs and hear calls in real time. */
const REAL_TIME_LIMITS = { testTimeout: 180_000, hookTimeout: 180_000, retry };

/** The groups of `scripts/test`: one project each, but two for the group `unit`. */
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
    expect: { poll: { timeout: 30_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...OTHER_GROUPS, ...LONG_UNIT_TESTS, ...ONLY_POSTGRES],
          // Loading the modules again for every file would take longer than all of these tests.
          isolate: false,
          ...UNIT_LIMITS,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit-long',
          include: LONG_UNIT_TESTS,
          ...UNIT_LIMITS,
        },
      },
      {
        extends: true,
        test: {
          // In the group `unit`.
          name: 'unit-postgres',
          include: STORE_TESTS,
          globalSetup: 'test/support/postgres-setup.ts',
          setupFiles: ['test/support/on-postgres.ts'],
          env: { TESTED_DATABASE: 'postgres' },
          ...UNIT_LIMITS,
          // Each statement is a round trip.
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'asterisk',
          include: ['test/asterisk/**/*.test.ts'],
          ...REAL_TIME_LIMITS,
          // Each file has an Asterisk of its own and mostly waits, in real time: three fill two cores, more starve each other.
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...REAL_TIME_LIMITS,
          maxWorkers: 1,
        },
      },
      {
        extends: true,
        test: {
          // Of no group: it only writes pictures for people to look at (`npm run pictures`).
          name: 'pictures',
          include: ['test/browser/pictures.ts'],
          ...REAL_TIME_LIMITS,
          testTimeout: 1_800_000,
        },
      },
    ],
  },
});
