import { randomBytes } from 'node:crypto';
import type { DispatchDeskOptions } from '../../integrations/gootax/api.js';
import { Repetitions } from '../../integrations/gootax/repetitions.js';
import { RecordedRequests } from '../../integrations/unknown-requests/unknown-requests.js';
import type { RuntelPorts } from '../../integrations/runtel/routes.js';
import { systemClock } from '../../lib/clock.js';
import { OrderBook } from '../../orders/order-book.js';
import type { Company } from '../../company/company.js';
import type { Database } from '../../storage/database.js';
import { MINUTE_MS } from '../../lib/time.js';

/** Ports of the replayed integrations: every request succeeds and nothing is dialled. */

export function dispatchPorts(db: Database): Omit<DispatchDeskOptions, 'company' | 'tokens'> {
  const clock = systemClock;
  return {
    recorded: new RecordedRequests(db, clock),
    orders: new OrderBook(db),
    repetitions: new Repetitions(db),
    pairKey: randomBytes(32),
    clock,
    notifications: {
      supersede: () => Promise.resolve(),
      notify: ({ externalId, orderId }) => {
        const open = {
          result: null,
          nextAttemptAt: null,
          answeredAt: null,
          durationMs: null,
          digit: null,
          action: null,
        };
        const notification = { id: 'n_replay', externalId, orderId, state: 'waiting' as const, attempts: [], ...open };
        return Promise.resolve({ ok: true, isNew: true, notification });
      },
    },
    bridges: {
      start: ({ order_id: orderId, line = '' }) => {
        const open = { failed: null, bridgedAt: null, endedAt: null, endedBy: null, metadata: {}, createdAt: 0 };
        const bridge = { id: 'b_replay', orderId, state: 'queued' as const, line, ...open };
        return Promise.resolve({ ok: true, isNew: true, bridge });
      },
    },
  };
}

/** Every id is the same call with one recording. */
export function runtelPorts(company: Company): RuntelPorts {
  const call = (id: string) => ({
    id,
    kind: 'plan',
    running: false,
    startedAt: 0,
    outcome: undefined,
    order: null,
    menuKeys: [],
    hasRecording: false,
    note: null,
    summary: {
      ...({ at: 'over', line: '+420222333444', caller: '+420777000999', direction: 'incoming' } as const),
      ...({ endedBy: 'caller', startedAt: 0, answeredAt: 5_000, endedAt: 65_000 } as const),
    },
  });
  const audio = { status: 200, headers: { 'content-type': 'audio/wav' }, body: Buffer.from('RIFF') };
  return {
    company: () => company,
    calls: { call: () => Promise.resolve({ ok: true, callId: 'c_replay' }) },
    log: {
      list: () => Promise.resolve({ calls: [call('c_replay')] }),
      get: (id) => Promise.resolve({ call: call(id) }),
    },
    recordings: {
      ofCalls: (ids) =>
        Promise.resolve(new Map(ids.map((id) => [id, [{ id: 'r_1', state: 'ready', durationMs: MINUTE_MS }]]))),
      audio: () => Promise.resolve(audio),
    },
    operators: { list: () => Promise.resolve([]) },
  };
}
