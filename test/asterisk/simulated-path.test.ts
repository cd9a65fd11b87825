import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import type { TimelineEntry } from '../support/gateway.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { pickUp, type PhoneCall } from '../support/sip/phone.js';
import { LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** A simulated call takes the course of a real one with the same input, and real calls are replayed with drafts. */

let asterisk: TestAsterisk;
let harness: ShopHarness;
/** The real calls of this file. */
let made = 0;

const QUEUE_KEY = '3';

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness({ gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort });
  const part = await harness.gateway.api<{ body: [{ menu: { keys: object } }] }>('/api/v1/config/parts/main-menu');
  const [{ menu }, ...rest] = part.body;
  const hours = { weekly: {}, closed: [{ enqueue: { queue: 1, timeout: '20s' } }, 'hang_up'] };
  const keys = { ...menu.keys, [QUEUE_KEY]: [{ hours }] };
  await change('/api/v1/config/parts/main-menu', 'PUT', [{ menu: { ...menu, keys } }, ...rest], '*');
});

afterAll(async () => {
  await harness.stop();
  await asterisk.stop();
});

function change<T>(address: string, method: string, body: unknown, ifMatch?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) };
  return harness.gateway.api<T>(address, { method, body: JSON.stringify(body), headers });
}

/** Makes a real call; resolves with its timeline. */
async function realCall(talk: (call: PhoneCall) => Promise<unknown>): Promise<TimelineEntry[]> {
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  await call.hears(prompt(P.menu));
  await talk(call);
  await call.ended();
  made += 1;
  return harness.gateway.finished(callerOf(call));
}

interface SimulatedCourse {
  places: string[];
  timeline: TimelineEntry[];
}

/** The shop of the simulation answers what the real one has answered. */
function simulated(real: readonly TimelineEntry[], request: object): Promise<SimulatedCourse> {
  const stub = real
    .filter(({ kind }) => kind === 'shop_answer')
    .map(({ data }) => JSON.parse(String(data['body'])) as unknown);
  return change('/api/v1/simulate', 'POST', { line: LINE, stub, ...request });
}

/** What happened where, without times, ids and whether a prompt was interrupted. */
function courseOf(timeline: readonly TimelineEntry[]): unknown[] {
  return timeline.flatMap(({ kind, data }) => {
    switch (kind) {
      case 'action':
        return [[data['action'], data['at']]];
      case 'prompt':
        return [['prompt', data['prompts']]];
      case 'input':
        return [['input', data['digits'], data['ended']]];
      case 'hours':
        return [['hours', data['open']]];
      case 'shop_request':
        return [['shop', (JSON.parse(String(data['body'])) as Record<string, unknown>)['received_digits']]];
      case 'queue_left':
        return [['queue', data['queue'], data['result']]];
      case 'hang_up':
        return [['hang_up', data['by'], data['cause']]];
      default:
        return [];
    }
  });
}

describe('a simulated call takes the course of the real one', () => {
  it('through a hand-over with an unknown and a known order', async () => {
    const real = await realCall(async (call) => {
      await call.press('9');
      await call.hears(prompt(P.ask));
      await call.press('9999#');
      await call.hears(prompt(P.unknown));
      await call.press('1004#');
      await call.hears(prompt(P.shipped), { toItsEnd: true });
      await call.hears(prompt(P.goodbye), { toItsEnd: true });
    });
    const course = await simulated(real, { keys: ['9', '9999#', '1004#'] });
    expect(courseOf(course.timeline)).toEqual(courseOf(real));
    expect(course.places).toEqual(real.filter(({ kind }) => kind === 'action').map(({ data }) => data['at']));
  });

  it('after a wrong key and silence', async () => {
    const real = await realCall(async (call) => {
      await call.press('5');
      await call.hears(prompt(P.goodbye), { toItsEnd: true, skipping: true, withinMs: 20_000 });
    });
    expect(courseOf((await simulated(real, { keys: ['5', ''] })).timeline)).toEqual(courseOf(real));
  });

  it('into a queue outside the hours, where a handset answers and hangs up', async () => {
    const handset = await harness.registerTester(pickUp);
    const real = await realCall(async (call) => {
      await call.press(QUEUE_KEY);
      const leg = await handset.nextCall({ withinMs: 10_000 });
      await leg.answered();
      await delay(1000);
      await leg.hangUp();
    });
    const course = await simulated(real, {
      keys: [QUEUE_KEY],
      answering: { handset: 'tester', after_s: 1, talk_s: 1 },
    });
    expect(courseOf(course.timeline)).toEqual(courseOf(real));
  });
});

describe('the real calls replayed with a draft', () => {
  async function replayed(edit: (parts: Record<string, unknown[]>) => unknown[]) {
    const { id, document } = await change<{ id: string; document: { parts: Record<string, unknown[]> } }>(
      '/api/v1/config/drafts',
      'POST',
      {},
    );
    const changes = [{ section: 'parts', key: 'goodbye', body: edit(document.parts) }];
    await change(`/api/v1/config/drafts/${id}`, 'PATCH', { changes }, '"1"');
    await change(`/api/v1/config/drafts/${id}/replay`, 'POST', {});
    return becomes('the end of the replay', async () => {
      const { replay } = await harness.gateway.api<{ replay: { state: string } }>(`/api/v1/config/drafts/${id}/replay`);
      return replay.state !== 'running' && replay;
    });
  }

  it('are all the same without a change', async () =>
    expect(await replayed(({ goodbye = [] }) => goodbye)).toMatchObject({
      state: 'done',
      total: made,
      same: made,
      different: 0,
      unclear: 0,
    }));

  it('are different where a planted change is heard', async () =>
    expect(await replayed(() => [{ play: P.closed }, 'hang_up'])).toMatchObject({
      state: 'done',
      different: 2,
      same: made - 2,
      groups: [
        {
          count: 2,
          was: { type: 'prompts', prompts: [{ id: P.goodbye }] },
          would: { type: 'prompts', prompts: [{ id: P.closed }] },
        },
      ],
    }));
});
