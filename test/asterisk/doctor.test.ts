import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RunAnswer } from '../../src/doctor/routes.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { HomeNetwork } from '../support/home-network.js';
import { Phone, prompt } from '../support/sip/caller.js';

/** `cordboard doctor` on a real Asterisk: its rights, its test call, and what it finds when they are taken away. */

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const LINE = '+420222333444';
/** Names of test calls. */
const OF_TEST = /\bt_[0-9a-f]{8}-/;
const company = {
  lines: [{ number: LINE, plan: ['answer', { play: 1 }, { play: 1 }, { play: 1 }, 'hang_up'] }],
  handsets: [{ name: 'tester' }],
  prompts: prompts(1),
};

let asterisk: TestAsterisk;
let gateway: Gateway;
let env: Record<string, string>;
let phone: Phone;

beforeAll(async () => {
  asterisk = await startAsterisk();
  env = { SIP_SERVER: '127.0.0.1' };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company, env });
  phone = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: '+420777888999',
  }).start();
});
afterAll(async () => {
  await phone.stop();
  await gateway.stop();
  await asterisk.stop();
});
beforeEach(async () => {
  if (!gateway.alive) await gateway.run();
  await gateway.ready();
});

interface Outcome {
  code: number;
  rows: Map<string, RunAnswer['rows'][number]>;
}

async function cordboard(...args: string[]): Promise<{ code: number; stdout: string }> {
  const options = {
    cwd: root,
    env: {
      ...asterisk.gatewayEnv(),
      ...env,
      PATH: process.env['PATH'],
      CORDBOARD_DATA: path.dirname(gateway.database),
      CORDBOARD_URL: gateway.url,
      HTTP_PORT: String(gateway.port),
      CORDBOARD_API_TOKEN: gateway.token,
    },
  };
  return run(process.execPath, ['dist/cli.js', ...args], options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: unknown) => error as { code: number; stdout: string },
  );
}

async function doctor(...options: string[]): Promise<Outcome> {
  const { code, stdout } = await cordboard('doctor', '--json', ...options);
  const { rows } = JSON.parse(stdout) as RunAnswer;
  return { code, rows: new Map(rows.map((row) => [row.check, row])) };
}

const foundBy = ({ rows }: Outcome, check: string) => `${rows.get(check)?.status}: ${rows.get(check)?.value}`;
const statusOf = ({ rows }: Outcome, check: string) => rows.get(check)?.status;

/** Changes a file of Asterisk for one test. */
async function withConfiguration(
  file: string,
  change: (text: string) => string,
  reload: string,
  test: () => Promise<void>,
): Promise<void> {
  const name = path.join(asterisk.dir, 'etc', file);
  const before = await readFile(name, 'utf8');
  try {
    await writeFile(name, change(before));
    await asterisk.cli(reload);
    await test();
  } finally {
    await writeFile(name, before);
    await asterisk.cli(reload);
  }
}

it('makes a test call with digits and audio in both directions, which disturbs no other call and leaves nothing', async () => {
  const call = await phone.dial(LINE);
  await call.hears(prompt(1));
  const outcome = await doctor();
  expect(foundBy(outcome, 'loop_back')).toMatch(
    /^ok: in the gateway after \d+ ms; digits 159 there \(\d+ ms\) and back \(\d+ ms\); tones of 1004 Hz there and 620 Hz back$/,
  );
  const at = `127.0.0.1:${asterisk.sipPort}/udp`;
  expect(foundBy(outcome, 'sip_call')).toContain(`ok: ${at} answered a call after`);
  expect(foundBy(outcome, 'sip_digits')).toBe('ok: 159 there and back, as RFC 4733');
  expect(foundBy(outcome, 'sip_sound_there')).toBe('ok: a tone of 1004 Hz was heard');
  expect(foundBy(outcome, 'sip_sound_back')).toBe('ok: a tone of 620 Hz was heard');
  expect(
    Object.fromEntries([...outcome.rows].map(([check, { status, value }]) => [check, `${status}: ${value}`])),
  ).toMatchObject({
    disk: expect.stringMatching(/^(ok|warning)/) as string,
    http: expect.stringContaining('ok') as string,
    ari: expect.stringContaining('ok: Asterisk 22') as string,
    ami: expect.stringContaining('ok: all') as string,
    queue_writer: expect.stringContaining('ok') as string,
    dialplan: expect.stringContaining('ok') as string,
    sip_udp: expect.stringContaining('ok') as string,
    sip_tcp: expect.stringContaining('ok') as string,
    rtp: expect.stringContaining(`ok: ${asterisk.rtpStart}-${asterisk.rtpEnd}/udp`) as string,
    nat: expect.stringContaining('ok') as string,
    browsers: expect.stringContaining('skipped') as string,
    codecs: expect.stringContaining('trunk: alaw, ulaw') as string,
    trunk: expect.stringContaining('ok') as string,
    clock: expect.stringContaining('ok') as string,
    prompts: expect.stringContaining('ok: 1 used') as string,
    backup: expect.stringContaining('there is no backup') as string,
  });
  expect(await gateway.calls()).toHaveLength(1);
  const refused = await gateway.api<{ calls: unknown[] }>('/api/v1/refused-calls');
  expect(refused.calls).toEqual([]);
  expect(await gateway.api('/api/v1/recordings')).toMatchObject({ recordings: [] });
  await call.ended();
  await expect.poll(() => asterisk.cli('core show channels count')).toContain('0 active channels');
  expect(await asterisk.cli('bridge show all')).not.toMatch(OF_TEST);
  for (const type of ['endpoints', 'auths', 'aors'])
    expect(await asterisk.cli(`pjsip list ${type}`)).not.toMatch(OF_TEST);
  expect(await asterisk.cli('database show')).not.toMatch(OF_TEST);
});

it('prints a sheet, and ends with the exit code of problems', async () => {
  const { code, stdout } = await cordboard('doctor', '--no-call');
  expect(stdout).toMatch(/^\[(ok|!!)\] Disk of the data folder/);
  expect(stdout).toMatch(/\[!!\] Age of the last backup: look at this\n +there is no backup.*\n +-> Make a backup/);
  expect(stdout).not.toContain('Test call inside Asterisk');
  expect(code).toBe(0);
});

it('names a dialplan that no call enters the gateway from', async () => {
  await withConfiguration(
    'extensions.conf',
    (text) => text.replace('[cordboard-incoming]', '[somewhere-else]'),
    'dialplan reload',
    async () => {
      const outcome = await doctor();
      expect(outcome.code).toBe(1);
      expect(outcome.rows.get('loop_back')).toMatchObject({ status: 'failed', remedy_code: 'loop_back_enter' });
      expect(outcome.rows.get('dialplan')?.value).toContain('cordboard-incoming');
    },
  );
});

it('names ports for audio of which none is free', async () => {
  const taken = [createSocket('udp4'), createSocket('udp4')];
  const start = asterisk.rtpEnd - 1;
  for (const [index, socket] of taken.entries()) {
    socket.bind(start + index, '0.0.0.0');
    await once(socket, 'listening');
  }
  await withConfiguration(
    'rtp.conf',
    (text) => text.replace(/rtpstart=.*/, `rtpstart=${start}`).replace(/rtpend=.*/, `rtpend=${asterisk.rtpEnd}`),
    'module reload res_rtp_asterisk.so',
    async () => {
      const outcome = await doctor();
      expect(outcome.rows.get('sip_call')).toMatchObject({ status: 'failed', remedy_code: 'sip_call_codecs' });
      for (const part of ['sip_digits', 'sip_sound_there', 'sip_sound_back'])
        expect(statusOf(outcome, part)).toBe('skipped');
    },
  ).finally(() => taken.forEach((socket) => socket.close()));
});

it.skipIf(await HomeNetwork.missing())('names the direction in which a firewall drops audio and digits', async () => {
  const towardsAsterisk = await withDropped('--dport', doctor);
  expect(statusOf(towardsAsterisk, 'sip_call')).toBe('ok');
  expect(towardsAsterisk.rows.get('sip_sound_there')).toMatchObject({
    status: 'failed',
    value: expect.stringContaining('0 ms of a tone of 600 ms were heard') as string,
    remedy_code: 'sip_sound_there',
  });
  expect(foundBy(towardsAsterisk, 'sip_digits')).toMatch(/^failed: there: heard "" of "159" within 8 s$/);
  expect(statusOf(towardsAsterisk, 'sip_sound_back')).toBe('ok');

  const towardsTelephone = await withDropped('--sport', doctor);
  expect(statusOf(towardsTelephone, 'sip_sound_there')).toBe('ok');
  expect(towardsTelephone.rows.get('sip_sound_back')).toMatchObject({
    status: 'failed',
    remedy_code: 'sip_sound_back',
  });
  expect(foundBy(towardsTelephone, 'sip_digits')).toMatch(/^failed: back: heard "" instead of "159"$/);
});

/** A firewall drops what comes to (`--dport`) or from (`--sport`) the ports for audio of this Asterisk. */
async function withDropped<T>(side: '--dport' | '--sport', test: () => Promise<T>): Promise<T> {
  const ports = `${asterisk.rtpStart}:${asterisk.rtpEnd}`;
  const rule = ['INPUT', '-i', 'lo', '-p', 'udp', side, ports, '-j', 'DROP'];
  await run('iptables', ['-w', '-I', ...rule]);
  try {
    return await test();
  } finally {
    await run('iptables', ['-w', '-D', ...rule]);
  }
}

it('names a user of AMI without the class system, and a user of ARI that may only read', async () => {
  await withConfiguration(
    'manager.conf',
    (text) => text.replace('write=system,call', 'write=call'),
    'manager reload',
    async () => {
      const outcome = await doctor('--no-call');
      expect(outcome.rows.get('ami')).toMatchObject({ status: 'failed', remedy_code: 'ami_permission' });
      expect(outcome.rows.get('ami')?.value).toContain('DBPut (system)');
      expect(statusOf(outcome, 'nat')).toBe('failed');
    },
  );
  await withConfiguration(
    'ari.conf',
    (text) => text.replace('read_only=no', 'read_only=yes'),
    'module reload res_ari.so',
    async () => {
      expect((await doctor('--no-call')).rows.get('ari')).toMatchObject({
        status: 'failed',
        remedy_code: 'ari_read_only',
      });
    },
  );
  expect(statusOf(await doctor('--no-call'), 'ari')).toBe('ok');
});

it('checks what it can without a gateway', async () => {
  await gateway.kill();
  const outcome = await doctor();
  expect(outcome.code).toBe(1);
  expect(outcome.rows.get('gateway')).toMatchObject({ status: 'failed', remedy_code: 'gateway_down' });
  for (const check of ['settings', 'disk', 'http', 'ari', 'ami', 'dialplan', 'sip_udp', 'rtp', 'trunk', 'clock'])
    expect(`${check} ${statusOf(outcome, check)}`).toMatch(/ (ok|warning)$/);
  for (const check of ['prompts', 'loop_back']) expect(statusOf(outcome, check)).toBe('skipped');
});
