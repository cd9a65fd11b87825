import { EffectSender } from '../../src/http/effect-sender.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { createLogger } from '../../src/lib/logger.js';
import type { Company } from '../../src/company/company.js';
import { readDocument } from '../../src/company/document/document.js';
import { simulate, type SimulatedCall, type SimulationRequest } from '../../src/simulator/simulate.js';

export const LINE = '+420222333444';

/** A shop's line: menu, opening hours, queue, hand-over. */
export const shopDocument = `
version: 1
dial_policy: { countries: [CZ] }
handsets: [{ name: tester }, { name: eva }]
queues: [{ id: 1, name: Sklad, handsets: [tester, eva], ring_timeout: 10s }]
prompts:
  - { id: 1, name: Menu, sound: main-menu }
  - { id: 2, name: Wrong, sound: wrong-key }
  - { id: 3, name: Moment, sound: one-moment }
  - { id: 4, name: Unavailable, sound: status-unavailable }
  - { id: 5, name: Closed, sound: closed }
  - { id: 6, name: Goodbye, sound: goodbye }
  - { id: 20, name: Order, sound: enter-order-number }
parts:
  main:
    - menu:
        prompt: 1
        retries: 1
        wrong_key_prompt: 2
        keys:
          '1': [{ ring: { handset: tester, timeout: 10s, unanswered: [{ play: 5 }] } }]
          '2': [{ go_to_part: operator }]
          '9': [{ hand_over: { url: 'http://127.0.0.1:1/', filler_prompt: 3, filler_after: 2s, fallback_prompt: 4 } }]
    - play: 6
  operator:
    - hours:
        weekly: { mon: [{ from: '08:00', to: '17:00' }], fri: [{ from: '08:00', to: '17:00' }] }
        closed: [{ play: 5 }, hang_up]
    - enqueue: { queue: 1, timeout: 40s, timed_out: [{ play: 4 }] }
lines: [{ number: '${LINE}', plan: [answer, { go_to_part: main }] }]
`;

export function companyOf(yaml: string): Company {
  const read = readDocument(yaml, 'test');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.document.company;
}

/** Simulates a call; prompts last a second. Without `stub` the shop is asked. */
export async function call(company: Company, request: Omit<SimulationRequest, 'line'> = {}): Promise<SimulatedCall> {
  const client = new OutboundClient();
  try {
    return await simulate(
      company,
      { line: LINE, at: '2026-12-21 10:00', caller: '+420601000001', stub: [], ...request },
      {
        contract: telfaHandOver,
        durationOf: ({ sound }) => (sound === undefined ? undefined : 1000),
        http: new EffectSender(client),
        logger: createLogger({ level: 'silent' }),
      },
    );
  } finally {
    await client.close();
  }
}
