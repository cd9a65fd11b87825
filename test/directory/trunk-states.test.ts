import { beforeEach, expect, it } from 'vitest';
import type { TrunkLink } from '../../src/asterisk/trunks/trunk-port.js';
import { trunkProblem } from '../../src/directory/trunk-problem.js';
import { trunkSchema, type Trunk } from '../../src/directory/trunk-schema.js';
import { TrunkStates } from '../../src/directory/trunk-states.js';
import { createLogger } from '../../src/lib/logger.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

const SECOND = 1000;

let clock: VirtualClock;
let links: Record<string, Partial<TrunkLink>>;
let registered: string[];

const account: Trunk = trunkSchema.parse({
  name: 'acme',
  way: 'registration',
  server: 'sip.acme.example',
  user: '420',
});
const checked: Trunk = trunkSchema.parse({ name: 'pbx', way: 'address', server: '192.0.2.1' });
const unchecked: Trunk = { ...checked, name: 'quiet', checks: false };

beforeEach(() => {
  clock = new VirtualClock(0);
  links = {};
  registered = [];
});

function statesOf(...trunks: Trunk[]): TrunkStates {
  const link = (name: string): TrunkLink => ({
    exists: true,
    registration: undefined,
    answers: undefined,
    channels: 0,
    ...links[name],
  });
  return new TrunkStates({
    asterisk: {
      usable: true,
      onEvent: () => () => undefined,
      trunks: {
        links: (names) => Promise.resolve(new Map(names.map((name) => [name, link(name)]))),
        register(name) {
          registered.push(name);
          return Promise.resolve();
        },
      },
    },
    trunks: () => trunks,
    failureOf: () => undefined,
    clock,
    logger: createLogger({ level: 'silent' }),
  });
}

it('a registered trunk whose server does not answer is unreachable, and registers anew when it does', async () => {
  const states = statesOf(account);
  links = { acme: { registration: 'Registered', answers: true } };
  expect(await states.refresh()).toMatchObject([{ state: 'registered', problem: null }]);
  links = { acme: { registration: 'Registered', answers: false } };
  const problem = { code: 'unreachable', values: { server: 'sip.acme.example' } };
  expect(await states.refresh()).toMatchObject([{ state: 'unreachable', problem }]);
  expect([states.isDown('acme'), registered]).toEqual([true, []]);
  links = { acme: { registration: 'Registered', answers: true } };
  await states.refresh();
  await states.refresh();
  expect([states.isDown('acme'), registered]).toEqual([false, ['acme']]);
});

it('a registered trunk whose server was not checked yet, as after a start of Asterisk, does not register once more', async () => {
  const states = statesOf(account);
  for (const answers of [false, true]) {
    links = { acme: { registration: 'Registered', answers } };
    await states.refresh();
  }
  expect(registered).toEqual([]);
});

it('a trunk that has left a call without an answer is tried last: until it is checked, or for five minutes', async () => {
  const states = statesOf(checked, unchecked);
  links = { pbx: { answers: true } };
  await states.refresh();
  states.failed('pbx', trunkProblem('silent', { seconds: '12' }));
  states.failed('quiet', trunkProblem('no_answer'));
  expect([states.isDown('pbx'), states.isDown('quiet')]).toEqual([true, true]);
  clock.advanceBy(45 * SECOND);
  expect([states.isDown('pbx'), states.isDown('quiet')]).toEqual([false, true]);
  clock.advanceBy(300 * SECOND);
  expect(states.isDown('quiet')).toBe(false);
});

it('a trunk that has refused a call is not tried last', () => {
  const states = statesOf(unchecked);
  states.failed('quiet', trunkProblem('sip', { status: '503' }));
  expect(states.isDown('quiet')).toBe(false);
});
