import { describe, expect, it } from 'vitest';
import { ANSWER_WITHIN_MS, responsibleIn, routeByAnswer } from '../../../src/integrations/runtel/responsible.js';
import { companySchema } from '../../../src/company/company.js';

/** What a CRM's answer to a new call says about where it is to go. */

const company = companySchema.parse({
  version: 1,
  handsets: [{ name: 'anna' }, { name: 'boss' }],
  queues: [{ id: 3, name: 'Dispatch', handsets: ['anna'] }],
  operators: [
    { id: 7, login: 'Anna@taxi.example', name: 'Anna', handset: 'anna' },
    { id: 8, login: 'boris', name: 'Boris' },
  ],
  runtel: { extensions: { '101': 'boss' }, rename: { transfer_to: 'responsible', user: 'manager' } },
});
const plain = { ...company, runtel: undefined };

describe('an answer', () => {
  it.each([
    ['{"transfer_to":{"handset":"anna"}}', { handset: 'anna' }],
    ['{"transfer_to":{"user":7}}', { handset: 'anna' }],
    ['{"transfer_to":{"user":"anna@taxi.example"}}', { handset: 'anna' }],
    ['\uFEFF{"ok":true,"transfer_to":{"group":"3"}}', { queue: 3 }],
    ['{"transfer_to":{"number":"+420777888999"}}', { number: '+420777888999' }],
    ['{"transfer_to":"anna"}', { handset: 'anna' }],
    ['{"transfer_to":{"user":8}}', 'unknown'],
    ['{"transfer_to":{"handset":"nobody"}}', 'unknown'],
    ['{"transfer_to":{"handset":"anna","number":"+420777888999"}}', 'unknown'],
    ['{"transfer_to":{}}', 'unknown'],
    ['{"transfer_to":[]}', 'unknown'],
    ['{"transfer_to":{"group":"many"}}', 'unknown'],
    ['{"transfer_to":null}', undefined],
    ['{"transfer_to":""}', undefined],
    ['{}', undefined],
    ['', undefined],
    ['[]', undefined],
    ['<ok/>', undefined],
  ])('%s', (answer, expected) => {
    expect(responsibleIn(answer, plain)).toEqual(expected);
  });

  it('in the company’s words, with its extensions', () => {
    expect(responsibleIn('{"responsible":{"extension":101}}', company)).toEqual({ handset: 'boss' });
    expect(responsibleIn('{"responsible":101}', company)).toEqual({ handset: 'boss' });
    expect(responsibleIn('{"responsible":{"manager":7}}', company)).toEqual({ handset: 'anna' });
  });
});

describe('a call', () => {
  const heard = { callId: 'c_1', event: 'call_started', ageMs: 300, status: 200, answer: '{"transfer_to":"anna"}' };
  async function routed(more: Partial<typeof heard>): Promise<{ asked: unknown[]; problem: string | undefined }> {
    const asked: unknown[] = [];
    const problem = await routeByAnswer({ ...heard, ...more }, plain, (...what) => {
      asked.push(what);
      return Promise.resolve({ ok: true });
    });
    return { asked, problem };
  }

  it('goes where the answer says', async () => {
    expect(await routed({})).toEqual({ asked: [['c_1', { handset: 'anna' }]], problem: undefined });
  });

  it.each([
    ['of another event', { event: 'ringing' }, undefined],
    ['of a refusal', { status: 500 }, undefined],
    ['that comes too late', { ageMs: ANSWER_WITHIN_MS + 1 }, /after the call/],
    ['that names nobody we know', { answer: '{"transfer_to":"karel"}' }, /an unknown target/],
  ])('does not go by an answer %s', async (_what, more, expected) => {
    const { asked, problem } = await routed(more);
    expect(asked).toEqual([]);
    if (expected === undefined) expect(problem).toBeUndefined();
    else expect(problem).toMatch(expected);
  });

  it('whose talk has begun stays, and it is said why', async () => {
    const no = { ok: false, why: 'not_now', detail: 'the caller already talks with an agent' } as const;
    expect(await routeByAnswer(heard, plain, () => Promise.resolve(no))).toBe(no.detail);
  });
});
