import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EffectSender } from '../../src/http/effect-sender.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { createLogger } from '../../src/lib/logger.js';
import { readDocument } from '../../src/company/document/document.js';
import { reportCall } from '../../src/simulator/report.js';
import { simulate, SimulationError, type SimulationRequest } from '../../src/simulator/simulate.js';

const yaml = `
version: 1
dial_policy: { countries: [CZ] }
handsets: [{ name: tester }]
queues: [{ id: 1, name: Queue, handsets: [tester] }]
prompts:
  - { id: 1, name: Menu, sound: menu }
  - { id: 2, name: Moment, sound: moment }
  - { id: 3, name: Sorry, sound: sorry }
parts:
  circle: [{ menu: { prompt: 1, timeout: 10s, retries: 0, keys: {}, no_input: [{ go_to_part: circle }] } }]
lines:
  - number: '+420222333444'
    plan:
      - answer
      - menu:
          prompt: 1
          keys:
            '1': [{ ring: { handset: tester, timeout: 10s } }, hang_up: { cause: busy }]
            '2': [{ ring: { number: '+4915112345678' } }]
            '9': [{ hand_over: { url: 'http://127.0.0.1:1/', filler_prompt: 2, filler_after: 300ms, fallback_prompt: 3 } }]
            '0': [{ go_to_part: circle }]
            '5':
              - enqueue:
                  queue: 1
                  hours: { weekly: { mon: [{ from: '08:00', to: '17:00' }] } }
                  closed: [{ play: 2 }, hang_up: { cause: busy }]
      - play: 3
`;
const read = readDocument(yaml, 'test');
const company = read.ok ? read.document.company : expect.unreachable(JSON.stringify(read.problems));

let client: OutboundClient;
let server: Server | undefined;

beforeEach(() => {
  client = new OutboundClient();
});
afterEach(async () => {
  await client.close();
  const closed = server && new Promise((resolve) => server?.close(resolve));
  server?.closeAllConnections();
  await closed;
  server = undefined;
});

function run(request: Omit<SimulationRequest, 'line'> & { line?: string }) {
  return simulate(
    company,
    { line: '222333444', at: '2026-12-24 10:00', ...request },
    {
      contract: telfaHandOver,
      durationOf: ({ sound }) => (sound === undefined ? undefined : 1000),
      http: new EffectSender(client),
      logger: createLogger({ level: 'silent' }),
    },
  );
}

async function shop(answers: { body: object; afterMs?: number }[]): Promise<{ url: string; bodies: unknown[] }> {
  const bodies: unknown[] = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const answer = answers[bodies.length] ?? { body: { action: 'hangup' } };
      bodies.push(JSON.parse(text));
      setTimeout(() => response.end(JSON.stringify(answer.body)), answer.afterMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/launch.php?s=telfa`, bodies };
}

describe('a simulated call', () => {
  it('calls a real shop and presses each group of keys when it is prompted', async () => {
    const { url, bodies } = await shop([
      { body: { action: 'menu', recording_id: 1 } },
      { body: { action: 'play', recording_id: 2 } },
    ]);
    const call = await run({ keys: '9,0010#', caller: '+420777888999', shop: url });
    expect(bodies).toMatchObject([
      { caller_number: '777888999', called_number: '222333444' },
      { received_digits: '0010' },
      { step: 3 },
    ]);
    expect(bodies[2]).not.toHaveProperty('received_digits');
    expect(call).toMatchObject({ endedBy: 'shop', keysLeft: '' });
    const asked = call.timeline.flatMap(({ data }) => (typeof data['url'] === 'string' ? [data['url']] : []));
    expect(new Set(asked)).toEqual(new Set([url]));
    expect(reportCall(call)).toMatch(
      /^Call from \+420777888999 to \+420222333444, Thu 2026-12-24 10:00 Europe\/Prague\n10:00:00\.000/,
    );
  });

  it('keeps pace with a shop that is slow: the filler is heard', async () => {
    const { url } = await shop([{ body: { action: 'hangup' }, afterMs: 800 }]);
    const call = await run({ keys: '9', shop: url });
    const filler = call.timeline.find(
      ({ kind, data }) => kind === 'prompt' && JSON.stringify(data['prompts']) === '[2]',
    );
    expect(filler).toBeDefined();
    expect(call.endedAt - call.startedAt).toBeGreaterThan(1300 + 700);
  });

  it('takes a stub for a shop, with delays on the virtual clock', async () => {
    // No real timer ever fires: nothing waits for one.
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
    const call = await run({ keys: '9', stub: [{ delay: '7s', body: { action: 'hangup' } }] }).finally(() =>
      vi.useRealTimers(),
    );
    expect(call.endedBy).toBe('shop');
    expect(call.endedAt - call.startedAt).toBe(1000 + 300 + 7000);
  });

  it('hears the fallback when the URL does not answer', async () => {
    const call = await run({ keys: '9' });
    expect(call.timeline.map(({ kind }) => kind)).toContain('shop_failed');
    expect(call.endedBy).toBe('plan');
  });

  it('lets handsets answer, or not, and refuses what the dial policy refuses', async () => {
    expect((await run({ keys: '1' })).endedBy).toBe('handset');
    const unanswered = await run({ keys: '1', nobodyAnswers: true });
    expect(unanswered.timeline.find(({ kind }) => kind === 'hang_up')?.data).toMatchObject({ cause: 'busy' });
    expect(JSON.stringify((await run({ keys: '2' })).timeline)).toContain('does not allow calls to DE');
  });

  it('lets callers into a queue in its hours alone', async () => {
    const kinds = (call: Awaited<ReturnType<typeof run>>) => call.timeline.map(({ kind }) => kind);
    // A Monday; the 24th of December is a Thursday.
    const open = await run({ keys: '5', at: '2026-12-21 10:00' });
    expect(kinds(open)).toEqual(expect.arrayContaining(['queue_joined', 'queue_ringing', 'queue_answered']));
    expect(open.endedBy).toBe('handset');
    const closed = await run({ keys: '5' });
    expect(kinds(closed)).not.toContain('queued');
    expect(closed.timeline.find(({ kind }) => kind === 'hang_up')?.data).toMatchObject({ cause: 'busy' });
  });

  it('presses nothing for an empty group, and reports unused keys', async () => {
    const call = await run({ keys: ',1,5' });
    expect(call.timeline.filter(({ kind }) => kind === 'input').map(({ data }) => data['ended'])).toEqual([
      'timeout',
      'max',
    ]);
    expect(call.keysLeft).toBe('5');
  });

  it('ends a call that would never end', async () => {
    const call = await run({ keys: '0' });
    expect(['limit', 'cut_off']).toContain(call.endedBy);
  });

  it.each([
    [{ line: '+420999999999' }, /there is no line \+420999999999; the lines are: \+420222333444/],
    [{ at: 'tomorrow' }, /"tomorrow" is not a time/],
  ])('refuses %j', async (request, message) => {
    await expect(run(request)).rejects.toThrow(SimulationError);
    await expect(run(request)).rejects.toThrow(message);
  });
});
