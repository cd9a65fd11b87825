import type { RefusedCall } from '../../src/calls/refused-calls.js';
import { setImmediate as turn } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerCallMetrics } from '../../src/app/call-metrics.js';
import { AsteriskError } from '../../src/asterisk/port.js';
import { CallEventRouter, type CallEventRouterOptions } from '../../src/calls/event-router.js';
import { NotDurable } from '../../src/kernel/runtime-types.js';
import { createLogger } from '../../src/lib/logger.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

const LINE = '+420222333444';

let asterisk: FakeAsterisk;
let exchange: CallEventRouter;
let registry: Registry;
let arrived: string[];
let arrive: CallEventRouterOptions['admit'];

let refused: RefusedCall[];

beforeEach(() => {
  refused = [];
  asterisk = new FakeAsterisk({ clock: new VirtualClock(0), durationOf: () => undefined });
  registry = new Registry();
  arrived = [];
  arrive = ({ channel }) => {
    arrived.push(channel.id);
    return 'begun';
  };
  const metrics = registerCallMetrics(
    registry,
    () => arrived.length,
    () => [],
  );
  exchange = new CallEventRouter({
    asterisk,
    flows: {
      has: (flowId) => arrived.some((id) => flowId === `c_${id}`),
      send: () => undefined,
      suspend: () => undefined,
      resume: () => Promise.resolve(),
    },
    statusOf: () => Promise.resolve(undefined),
    admit: (arrival, at) => arrive(arrival, at),
    legEnded: () => Promise.resolve(),
    legsExist: () => Promise.resolve(),
    onReplaced: () => undefined,
    onRefused(call) {
      metrics.onRefused(call);
      refused.push(call);
    },
    logger: createLogger({ level: 'silent' }),
  });
  exchange.start();
  asterisk.start();
});
afterEach(async () => {
  await exchange.stop();
  await asterisk.stop();
});

const call = (channelId: string, args = ['incoming', LINE]) =>
  asterisk.incomingCall({ from: '777888999', to: LINE, args, channelId });
const asked = (method: string) => asterisk.requests.filter((one) => one.method === method).map(({ args }) => args);

it.each([
  ['cordboard-from-handset', true],
  ['from-handset', true],
  ['cordboard-from-trunk', false],
])('a call that came through the context %s is of a handset: %s', async (context, fromHandset) => {
  const arrived: boolean[] = [];
  arrive = (arrival) => {
    arrived.push(arrival.fromHandset);
    return 'begun';
  };
  call('a', ['incoming', LINE, 'id', '127.0.0.1', 'alaw', 'PJSIP/a1', context]);
  await turn();
  expect(arrived).toEqual([fromHandset]);
});

describe('a refused call', () => {
  it.each([
    ['too_many', 'congestion'],
    ['line_full', 'busy'],
    ['unknown_line', 'unallocated'],
  ] as const)('because of %s hears so at once, and is counted', async (why, cause) => {
    arrive = () => why;
    for (const id of ['a', 'b', 'c']) call(id);
    await turn();
    expect(asked('hangUp')).toEqual(['a', 'b', 'c'].map((id) => [id, cause]));
    expect(await registry.metrics()).toContain(`cordboard_calls_refused_total{reason="${why}"} 3`);
    expect(await registry.metrics()).toContain('cordboard_calls 0');
    expect(refused).toHaveLength(3);
    expect(refused[0]).toEqual({ reason: why, dialled: LINE, caller: '777888999', endpoint: '' });
  });

  it('that could not be stored goes to the fallback, and is counted', async () => {
    arrive = () => {
      throw new NotDurable();
    };
    call('a');
    await turn();
    expect(asked('continueTo')).toEqual([['a', { context: 'cordboard-fallback', extension: 's', priority: 1 }]]);
    expect(await registry.metrics()).toContain('cordboard_calls_refused_total{reason="not_durable"} 1');
  });
});

describe('a call from another dialplan', () => {
  it('without arguments is a call to the dialled extension, on arrival and when found at a connect', async () => {
    const dialled: string[] = [];
    arrive = ({ channel, dialled: number }) => {
      dialled.push(`${channel.id} ${number}`);
      arrived.push(channel.id);
      return 'begun';
    };
    await turn();
    call('live', []);
    asterisk.dropLink();
    call('waiting', []);
    asterisk.restoreLink();
    await expect.poll(() => dialled).toEqual([`live ${LINE}`, `waiting ${LINE}`]);
  });

  it('with unknown arguments is hung up and counted, instead of ringing forever', async () => {
    await turn();
    call('a', ['something', 'else']);
    await turn();
    expect(arrived).toEqual([]);
    expect(asked('hangUp')).toEqual([['a', 'congestion']]);
    expect(await registry.metrics()).toContain('cordboard_calls_refused_total{reason="unknown_arguments"} 1');
  });
});

it('one channel that cannot be removed does not block the rest of the reconcile after a connect', async () => {
  await turn();
  asterisk.dropLink();
  call('left-behind', ['of another time']);
  call('new');
  asterisk.inject('hangUp', { error: new AsteriskError('refused', 'no') });
  const before = asked('listBridges').length;
  asterisk.restoreLink();
  await expect.poll(() => asked('listBridges').length).toBe(before + 1);
  expect(arrived).toEqual(['new']);
  expect(asked('hangUp').map(([id]) => id)).toEqual(['left-behind']);
});
