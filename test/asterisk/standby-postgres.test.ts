import { PostgresServer } from '../support/postgres-server.js';
import { standbyHarness } from './standby-harness.js';

/** As standby.test.ts, with the database on a real PostgreSQL. */

const { takeovers } = standbyHarness(async () => {
  const server = await PostgresServer.start();
  return { env: { DATABASE_URL: await server.createDatabase() }, stop: () => server.stop() };
});

takeovers();
