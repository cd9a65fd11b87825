import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndpointTaken, type TrunkAccount } from '../../src/asterisk/trunks/trunk-port.js';
import { TrunkProvisioner } from '../../src/directory/trunk-provisioner.js';
import { trunkSchema, type Trunk } from '../../src/directory/trunk-schema.js';
import { KEEP_REMOVED_MS, TrunkSecrets } from '../../src/directory/trunk-secrets.js';
import { createLogger } from '../../src/lib/logger.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

const account = (settings: object = {}): Trunk =>
  trunkSchema.parse({ name: 'acme', way: 'registration', server: '192.0.2.1', user: '420', ...settings });

let folder: string;
let clock: VirtualClock;
let trunks: Trunk[];
let written: Map<string, TrunkAccount>;
let taken: string[];
let secrets: TrunkSecrets;
let provisioner: TrunkProvisioner;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-trunks-'));
  clock = new VirtualClock(1_000);
  trunks = [account()];
  written = new Map();
  taken = [];
  secrets = new TrunkSecrets(path.join(folder, 'secrets'));
  provisioner = new TrunkProvisioner({
    asterisk: {
      usable: true,
      onEvent: () => () => undefined,
      trunks: {
        put(trunk) {
          if (taken.includes(trunk.name)) return Promise.reject(new EndpointTaken(trunk.name));
          written.set(trunk.name, trunk);
          return Promise.resolve();
        },
        remove(name) {
          written.delete(name);
          return Promise.resolve();
        },
        list: () => Promise.resolve([...written.keys()]),
      },
    },
    company: () => ({ trunks, country: 'CZ' }),
    secrets,
    front: '192.0.2.10:5060',
    clock,
    logger: createLogger({ level: 'silent' }),
  });
  await secrets.store('acme', 'correct-horse');
  await provisioner.reconcile();
});
afterEach(async () => {
  await provisioner.stop();
  await rm(folder, { recursive: true });
});

const apply = async (...now: Trunk[]) => {
  trunks = now;
  await provisioner.reconcile();
};

describe('behind a proxy', () => {
  it('a trunk by address goes through it, and one that registers or has another domain does not', async () => {
    const plain = { way: 'address', user: undefined };
    await apply(
      account(),
      account({ name: 'plain', ...plain }),
      account({ name: 'other', ...plain, domain: 'x.example' }),
    );
    const fronts = [...written.values()].map(({ name, front }) => [name, front]);
    expect(Object.fromEntries(fronts)).toEqual({ acme: undefined, plain: '192.0.2.10:5060', other: undefined });
  });
});

describe('the password of a removed trunk', () => {
  it('is out of use, and in use again when the removal is undone', async () => {
    await apply();
    expect([written.size, await secrets.read('acme')]).toEqual([0, undefined]);
    await apply(account());
    expect([written.get('acme')?.password, await secrets.read('acme')]).toEqual(['correct-horse', 'correct-horse']);
    expect(await readdir(path.join(folder, 'secrets'))).toEqual(['trunk-acme']);
  });

  it.each([{ server: '192.0.2.66' }, { user: 'mallory' }, { domain: 'evil.example' }])(
    'is not given to another account of the same name: %o',
    async (other) => {
      await apply();
      await apply(account(other));
      expect(written.size).toBe(0);
      expect(provisioner.failureOf('acme')).toMatchObject({ code: 'no_password' });
    },
  );

  it('is forgotten after a day', async () => {
    await apply();
    clock.advanceBy(KEEP_REMOVED_MS + 1);
    await apply(account());
    expect(written.size).toBe(0);
    await secrets.forgetRemoved(clock.now());
    expect(await readdir(path.join(folder, 'secrets'))).toEqual([]);
  });

  it('is kept for a trunk that was switched off when it was removed', async () => {
    await apply(account({ enabled: false }));
    await apply();
    await apply(account({ enabled: false }));
    expect([written.size, await secrets.read('acme')]).toEqual([0, 'correct-horse']);
  });

  it('gives way to a new one', async () => {
    await apply();
    await secrets.store('acme', 'new');
    await apply(account());
    expect(written.get('acme')?.password).toBe('new');
  });
});

it('names an endpoint of other files with the name of a trunk', async () => {
  taken = ['acme'];
  await apply(account({ title: 'Acme' }));
  expect(provisioner.failureOf('acme')).toEqual({ code: 'name_taken', values: { name: 'acme' } });
});
