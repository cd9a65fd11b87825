import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestAsterisk } from '../../support/asterisk.js';
import { prompts, type TestCompany } from '../../support/gateway.js';
import { pidOf, startGateway } from '../lib/gateway.js';
import type { Revision } from '../lib/revision.js';
import type { Run } from '../lib/scenario.js';

/** A way to have a number called. */
export interface Originator {
  name: string;
  /** Process besides Asterisk that works for it. */
  pid: number | undefined;
  /** Two legs a request: the first one is measured. */
  legs: 1 | 2;
  /** How long after the last request its calls are over, in seconds. */
  lastsS: number;
  ask(number: string): Promise<void>;
}

const LINE = '+420222333444';
/** The gateway lets one token ask 100 times a second: several programs ask here. */
const TOKENS = 8;

/** Asterisk's own: a file in its spool folder. */
export function callFiles(asterisk: TestAsterisk, sound: string): Originator {
  const spool = join(asterisk.dir, 'spool');
  const made = mkdir(join(spool, 'outgoing'), { recursive: true });
  return {
    name: 'call files',
    pid: undefined,
    legs: 1,
    lastsS: 2,
    async ask(number) {
      await made;
      const file = join(spool, `${number}.call`);
      const lines = [
        `Channel: PJSIP/${number}@trunk`,
        'CallerID: <420222333444>',
        'Application: Playback',
        `Data: ${sound}`,
      ];
      await writeFile(file, `${lines.join('\n')}\n`);
      // As its documentation says: written elsewhere, then moved.
      await rename(file, join(spool, 'outgoing', `${number}.call`));
    },
  };
}

/** The gateway's: an announcement, and a bridge of which the first leg is measured. */
export async function startApi(
  run: Run,
  { asterisk, revision, prompt }: { asterisk: TestAsterisk; revision: Revision; prompt: number },
): Promise<{ announce: Originator; bridge: Originator }> {
  const { gateway } = await startGateway(run, {
    revision,
    asterisk: asterisk.gatewayEnv(),
    company: company(prompt),
    toneMs: 500,
  });
  const pid = pidOf(gateway);
  const tokens = await Promise.all(
    Array.from({ length: TOKENS }, (_, index) => makeToken(gateway.url, gateway.token, index)),
  );
  let asked = 0;
  const post = async (path: string, body: object): Promise<void> => {
    asked += 1;
    const response = await fetch(`${gateway.url}/api/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[asked % TOKENS] ?? gateway.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (response.status !== 202) throw new Error(`${path} is refused: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  };
  return {
    announce: {
      name: 'announce',
      pid,
      legs: 1,
      lastsS: 2,
      ask: (number) => post('calls/announce', { number: `+${number}`, prompt }),
    },
    bridge: {
      name: 'bridge',
      pid,
      legs: 2,
      lastsS: 12,
      ask: (number) =>
        post('bridges', {
          order_id: number,
          initiator: 'client',
          a: { phone: `+${number}`, role: 'client' },
          b: { phone: `+420778${number.slice(-6)}`, role: 'driver' },
          line: LINE,
          max_duration_s: 10,
        }),
    },
  };
}

function company(prompt: number): TestCompany {
  return {
    country: 'CZ',
    languages: ['cs'],
    dial_policy: { countries: ['CZ'], max_concurrent: 100_000, max_per_day: 10_000_000 },
    prompts: prompts(prompt),
    lines: [{ number: LINE, name: 'Benchmark', plan: ['hang_up'] }],
  };
}

async function makeToken(url: string, admin: string, index: number): Promise<string> {
  const response = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: `bench-${index}`, scopes: ['calls:control'] }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`no token: ${response.status}`);
  return token;
}
