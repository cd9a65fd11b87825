import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import type { TelephonyEffect } from '../../src/telephony/telephony.js';
import { BRIDGE, bridgeFlow } from '../../src/masked-bridges/flow.js';
import type { BridgeFlowState } from '../../src/masked-bridges/state.js';
import { effectHandlers } from '../../src/calls/effect-handlers.js';
import { CallEventRouter } from '../../src/calls/event-router.js';
import { inspectResources } from '../../src/calls/inspect.js';
import { MemoryFlowStore } from '../../src/kernel/memory-store.js';
import { FlowRuntime } from '../../src/kernel/runtime.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';
import { createLogger } from '../../src/lib/logger.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { noTargets, someParties } from '../../src/simulator/simulated-ports.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { matter, program, START } from './bridge-harness.js';

/** Failures while two channels are being joined. */

const [A, B] = ['b_1~a', 'b_1~b'];

let clock: VirtualClock;
let asterisk: FakeAsterisk;
let store: MemoryFlowStore;
let runtime: FlowRuntime<TelephonyEvent, TelephonyEffect>;
let exchange: CallEventRouter;

beforeEach(async () => {
  clock = new VirtualClock(START);
  asterisk = new FakeAsterisk({ clock, durationOf: () => 1000 });
  store = new MemoryFlowStore();
  const nothing = () => Promise.resolve({ media: [], durationMs: 0, played: [] });
  runtime = new FlowRuntime<TelephonyEvent, TelephonyEffect>({
    store,
    clock,
    flows: [bridgeFlow],
    handlers: {
      ...effectHandlers({
        asterisk,
        prompts: { resolve: nothing },
        parties: someParties,
        targets: noTargets,
        places: { assign: () => null },
        clock,
        dials: {
          check: ({ legId }) => Promise.resolve({ allowed: true, endpoint: `PJSIP/${legId}`, callerId: null }),
          release: () => Promise.resolve(),
          routeOf: () => Promise.resolve(undefined),
        },
        http: { send: () => Promise.resolve({ failed: 'none', latencyMs: 0, attempts: 1 }) },
      }),
    },
    inspect: (watched) => inspectResources(asterisk, watched),
    onError: (where, error) => expect.unreachable(`${where}: ${String(error)}`),
  });
  exchange = new CallEventRouter({
    asterisk,
    flows: runtime,
    logger: createLogger({ level: 'silent' }),
    statusOf: (flowId) => store.statusOf(flowId),
    admit: () => 'unknown_line',
    legEnded: () => Promise.resolve(),
    legsExist: () => Promise.resolve(),
    onReplaced: () => undefined,
  });
  await runtime.start();
  exchange.start();
  for (const leg of [A, B]) asterisk.setCallee(`PJSIP/${leg}`, { type: 'answers', afterMs: 1000 });
  asterisk.start();
});
afterEach(async () => {
  await asterisk.stop();
  await runtime.stop();
  await exchange.stop();
});

async function settle(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await runtime.idle();
    await turn();
  }
}

/** Both have answered, and Asterisk is requested to join them. */
async function bothAnswer(): Promise<void> {
  await settle();
  runtime.begin(BRIDGE, 'b_1', program(), { type: 'bridge_requested', at: START, bridgeId: 'b_1', ...matter });
  await settle();
  for (const ms of [1000, 1000]) {
    clock.advanceTo(clock.now() + ms);
    await settle();
  }
}

const standing = () => (store.flows.get('b_1')?.stored.state as BridgeFlowState).standing;
const joined = () => asterisk.requests.filter(({ method }) => method === 'addToBridge').length;

it('when Asterisk ends before its response, the talk has ended', async () => {
  const lost = new AsteriskError('unavailable', 'the link broke');
  asterisk.inject('addToBridge', { error: lost });
  await bothAnswer();
  expect([standing().state, joined()]).toEqual(['bridged', 1]);
  asterisk.restart();
  await settle();
  expect(standing()).toMatchObject({ state: 'ended', endedBy: 'asterisk' });
  expect(await store.statusOf('b_1')).toBe('over');
});

it('when B hangs up before the response, B has ended the talk', async () => {
  const lost = new AsteriskError('unavailable', 'the link broke');
  asterisk.inject('addToBridge', { error: lost });
  await bothAnswer();
  asterisk.dropLink();
  asterisk.farEndHangsUp(B);
  asterisk.restoreLink();
  await settle();
  expect(standing()).toMatchObject({ state: 'ended', endedBy: 'b' });
  expect(await asterisk.listChannels()).toEqual([]);
});

it('when Asterisk refuses although both exist, both are hung up', async () => {
  asterisk.inject('addToBridge', { error: new AsteriskError('gone', 'Bridge not found') });
  await bothAnswer();
  expect(standing()).toMatchObject({ state: 'ended', endedBy: 'fault' });
  expect(await asterisk.listChannels()).toEqual([]);
});
