import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OLD_CONTEXTS } from '../../src/asterisk/contexts.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { callerOf, Phone, prompt } from '../support/sip/caller.js';

/** The gateway on a company's own, partly configured Asterisk: it reports what is missing, and the remedy. */

const LINE = '+420222333444';
const company = {
  lines: [{ number: LINE, plan: [{ answer: {} }, { play: 1 }, { hang_up: {} }] }],
  handsets: [{ name: 'tester' }, { name: 'sales' }],
  queues: [{ id: 1, name: 'Sales', handsets: ['sales'] }],
  prompts: prompts(1),
};

interface Readiness {
  status: string;
  checks: Record<string, string>;
  problems: { check: string; problem: string; remedy?: string; blocking: boolean }[];
}

let asterisk: TestAsterisk;
let gateway: Gateway;

beforeAll(async () => {
  asterisk = await startAsterisk();
  const etc = (name: string) => path.join(asterisk.dir, 'etc', name);
  // Without the mapping of SIP accounts, and with a dialplan of the company's own.
  await writeFile(etc('sorcery.conf'), '');
  await writeFile(
    etc('extensions.conf'),
    '[cordboard-from-trunk]\nexten => _[+0-9]!,1,Stasis(cordboard)\nexten => _X*!,1,Stasis(cordboard,my,own)\n',
  );
  await asterisk.restart();
  gateway = await Gateway.begin({
    asterisk: asterisk.gatewayEnv(),
    company,
    env: { TRUNK_ENDPOINT: 'my-provider', AMI_CONFIG_PASSWORD: '' },
  });
});

afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
});

const readiness = async (): Promise<Readiness & { code: number }> => {
  const response = await fetch(`${gateway.url}/readyz`);
  return { code: response.status, ...((await response.json()) as Readiness) };
};

it('/readyz is not ready, and names each failed check and its remedy', async () => {
  await expect.poll(async () => (await readiness().catch(() => undefined))?.checks['handsets']).toContain('sorcery');
  const { code, status, problems, checks } = await readiness();
  expect({ code, status }).toEqual({ code: 503, status: 'not ready' });
  expect(checks).toMatchObject({ ari: 'ok', ami: 'ok', asterisk: 'ok', database: 'ok' });
  const of = (check: string) => problems.find((one) => one.check === check);
  expect(of('dialplan')).toMatchObject({
    blocking: true,
    remedy: expect.stringContaining('extensions.conf') as string,
  });
  expect(of('dialplan')?.problem).toContain('queue');
  expect(of('handsets')?.problem).toContain('no handset could be created');
  expect(of('handsets')?.remedy).toContain('sorcery.conf');
  expect(of('queues')?.problem).toContain('AMI_CONFIG_PASSWORD');
  expect(of('trunk')?.problem).toContain('my-provider');
  for (const { remedy } of problems) expect(remedy).toBeTruthy();
  await expect.poll(() => gateway.output).toContain('a check of Asterisk fails');
});

it('/readyz reports an outdated dialplan and its remedy', async () => {
  const old = ['from-trunk', 'from-handset', 'incoming', 'fallback', 'queue', 'detect'].concat(OLD_CONTEXTS);
  const dialplan = await readFile(path.join(asterisk.dir, 'etc/extensions.conf'), 'utf8');
  const contexts = old.map((name) => `[${name}]\nexten => s,1,Hangup()\n`);
  await writeFile(path.join(asterisk.dir, 'etc/extensions.conf'), `${dialplan}\n${contexts.join('')}`);
  await asterisk.cli('dialplan reload');
  const problem = async () => (await readiness()).problems.find(({ check }) => check === 'dialplan');
  await expect.poll(async () => (await problem())?.problem).toContain('older version');
  expect((await problem())?.remedy).toContain('dialplan reload');
});

it('a call that enters Stasis() without arguments is a call to the dialled line', async () => {
  const phone = await new Phone({
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    user: '+420777888999',
  }).start();
  try {
    const call = await phone.dial(LINE);
    await call.hears(prompt(1));
    await call.ended();
    await gateway.finished(callerOf(call));
    expect(gateway.output).toContain('a call entered Stasis() without arguments');
  } finally {
    await phone.stop();
  }
});

async function handsets(): Promise<Readiness['problems'][number] | undefined> {
  return (await readiness().catch(() => undefined))?.problems.find(({ check }) => check === 'handsets');
}

it('reports the AMI class and the module that handsets need, and when they are available', async () => {
  const manager = path.join(asterisk.dir, 'etc/manager.conf');
  const modules = path.join(asterisk.dir, 'etc/modules.conf');
  const shipped = { manager: await readFile(manager, 'utf8'), modules: await readFile(modules, 'utf8') };
  // The shipped configuration causes no complaint.
  await expect.poll(async () => (await handsets())?.problem).toContain('sorcery');
  expect((await handsets())?.problem).not.toMatch(/security|class system|func_db/);

  const restartWith = async (managerConf: string, modulesConf: string) => {
    await writeFile(manager, managerConf);
    await writeFile(modules, modulesConf);
    await asterisk.restart();
  };
  await restartWith(
    shipped.manager.replace(/^read=.*$/m, 'read=system,call,agent,user,reporting'),
    shipped.modules.replace('load=func_db.so\n', ''),
  );
  await expect.poll(async () => (await handsets())?.problem).toMatch(/class security.*func_db/);
  const without = await handsets();
  expect(without?.blocking).toBe(false);
  expect(without?.problem).not.toContain('class system');
  expect(without?.remedy).toContain('read=system,call,agent,user,reporting,security');
  expect(without?.remedy).toContain('load=func_db.so');

  await restartWith(shipped.manager.replace('write=system,call,', 'write=call,'), shipped.modules);
  await expect.poll(async () => (await handsets())?.problem).toMatch(/DBPut.*class system/);
  expect((await handsets())?.problem).not.toMatch(/class security|func_db/);

  await restartWith(shipped.manager, shipped.modules);
  await expect.poll(async () => (await handsets())?.problem).toMatch(/^(?!.*(class s|func_db|not known)).*sorcery/);
});

it.each([
  ['ARI_PASSWORD', 'ari', /rejects the user name or password/],
  ['AMI_PASSWORD', 'ami', /login|authentication/i],
])('a wrong %s is said at once', async (name, check, problem) => {
  const wrong = await Gateway.begin({
    asterisk: { ...asterisk.gatewayEnv(), ARI_APP: 'other', [name]: 'this-is-not-it-at-all' },
  });
  try {
    const asked = async () => {
      const response = await fetch(`${wrong.url}/readyz`).catch(() => undefined);
      return response === undefined ? undefined : ((await response.json()) as Readiness);
    };
    await expect
      .poll(async () => (await asked())?.problems.find((one) => one.check === check)?.problem)
      .toMatch(problem);
    expect((await asked())?.problems.find((one) => one.check === check)?.remedy).toContain(name);
  } finally {
    await wrong.stop();
  }
});
