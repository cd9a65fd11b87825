import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { TestAsterisk } from '../../support/asterisk.js';
import { startGateway, synchronous } from '../lib/gateway.js';
import type { Inspector } from '../lib/inspector.js';
import type { Revision } from '../lib/revision.js';
import type { Run } from '../lib/scenario.js';
import type { Server } from './servers.js';
import type { Stage } from './stage.js';
import { ASK_PROMPT, STATUS_PROMPTS } from './tones.js';

export const LINE = '+420222333444';

export interface GatewayServer extends Server {
  revision: Revision;
  inspector: () => Promise<Inspector>;
}

/** The gateway with the plan of the order-status call. */
export async function startGatewayServer(
  run: Run,
  stage: Stage,
  asterisk: TestAsterisk,
  { revision, name, inspected }: { revision: Revision; name: string; inspected: boolean },
): Promise<GatewayServer> {
  const folder = join(run.folder, `company-${name.replace(/\W+/g, '-')}`);
  await mkdir(folder);
  const document = join(folder, 'company.yaml');
  await writeFile(document, stringify(orderStatusCompany(stage.shopUrl)));
  const env = { CORDBOARD_EXAMPLE: document, CORDBOARD_SOUNDS: stage.soundsFolder };
  const { gateway, inspector } = await startGateway(run, {
    revision,
    asterisk: asterisk.gatewayEnv(),
    company: {},
    env,
    inspected,
  });
  const notes = `state of every step in SQLite on disk, WAL, synchronous=${synchronous()}; three requests to the shop a call`;
  return { name, asterisk, extension: LINE, pid: gateway.pid, notes, revision, inspector };
}

/** The prompts are served from `cs/bench-ID.wav` of the sounds' folder. */
export function orderStatusCompany(shopUrl: string): Record<string, unknown> {
  return {
    version: 1,
    country: 'CZ',
    languages: ['cs'],
    prompts: [ASK_PROMPT, ...STATUS_PROMPTS].map((id) => ({ id, name: `Prompt ${id}`, sound: `bench-${id}` })),
    lines: [{ number: LINE, name: 'Benchmark', plan: ['answer', { hand_over: { url: shopUrl } }, 'hang_up'] }],
  };
}
