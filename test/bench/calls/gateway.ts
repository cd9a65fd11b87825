import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { TestAsterisk } from '../../support/asterisk.js';
import type { Gateway } from '../../support/gateway.js';
import { startGateway, synchronous } from '../lib/gateway.js';
import type { Inspector } from '../lib/inspector.js';
import type { Revision } from '../lib/revision.js';
import type { Run } from '../lib/scenario.js';
import { LINE, orderStatusCompany } from './company.js';
import type { Server } from './servers.js';
import type { BenchHarness } from './calls-harness.js';

export interface GatewayServer extends Server {
  gateway: Gateway;
  revision: Revision;
  inspector: () => Promise<Inspector>;
}

/** The gateway with the plan of the order-status call, or with another company that has it. */
export async function startGatewayServer(
  run: Run,
  harness: BenchHarness,
  asterisk: TestAsterisk,
  options: {
    revision: Revision;
    name: string;
    inspected: boolean;
    company?: Record<string, unknown>;
    env?: Record<string, string>;
  },
): Promise<GatewayServer> {
  const { revision, name, inspected, company = orderStatusCompany(harness.shopUrl) } = options;
  const folder = join(run.folder, `company-${name.replace(/\W+/g, '-')}`);
  await mkdir(folder, { recursive: true });
  const document = join(folder, 'company.yaml');
  await writeFile(document, stringify(company));
  const { gateway, inspector } = await startGateway(run, {
    revision,
    asterisk: asterisk.gatewayEnv(),
    company: {},
    env: { CORDBOARD_EXAMPLE: document, CORDBOARD_SOUNDS: harness.soundsFolder, ...options.env },
    inspected,
  });
  const notes = `state of every step in SQLite on disk, WAL, synchronous=${synchronous()}; three requests to the shop a call`;
  return {
    name,
    asterisk,
    extension: LINE,
    // A life of its own each time: it may be killed and started again.
    get pid() {
      return gateway.pid;
    },
    notes,
    gateway,
    revision,
    inspector,
  };
}
