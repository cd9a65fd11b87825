import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as planActions from '../../../src/call-plan/actions/index.js';
import type * as companyActions from '../../../src/company/actions/index.js';
import type { ActionKind, ActionList } from '../../../src/company/actions/action.js';
import { formatCompany, readDocument, toDocument } from '../../../src/company/document/document.js';
import { labelsOf } from '../../../src/company/labels.js';
import { lint } from '../../../src/company/lint/linter.js';
import { actionKinds, planSchema, type Action, type ActionKinds } from '../../../src/company/plan-schema.js';
import { showProblem } from '../../../src/company/problem.js';
import { promptUsages, walk } from '../../../src/company/walk.js';
import { EffectSender } from '../../../src/http/effect-sender.js';
import { OutboundClient } from '../../../src/http/outbound.js';
import { telfaHandOver } from '../../../src/integrations/telfa/hand-over.js';
import { createLogger } from '../../../src/lib/logger.js';
import { simulate } from '../../../src/simulator/simulate.js';
import { beep, type BeepSettings } from './beep.js';

// Unit tests share loaded modules: this file loads its own, with the action `beep`, and leaves none of them to the next.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());

/** The action `beep` gets a row on either side. All else is as it is in src. */
vi.mock('../../../src/company/actions/index.js', async (original) => {
  const { actionRows } = await original<typeof companyActions>();
  const { beep: kind } = await import('./beep.js');
  return { actionRows: <A>(actions: ActionList<A>) => ({ ...actionRows(actions), beep: kind(actions) }) };
});
vi.mock('../../../src/call-plan/actions/index.js', async (original) => {
  const { actionModules } = await original<typeof planActions>();
  const { beepModule: beep } = await import('./beep.js');
  return { actionModules: { ...actionModules, beep } };
});

const row: ActionKind<BeepSettings<Action>, Action> = beep(planSchema);

const document = (settings: string) => `
version: 1
languages: [en]
prompts: [{ id: 7, name: Beep, sound: beep }]
queues: [{ id: 1, name: Sales }]
lines:
  - number: '+420222333444'
    plan:
      - answer
      - beep: ${settings}
`;

function read(settings: string) {
  const result = readDocument(document(settings), 'file');
  return result.ok ? result.document.company : expect.unreachable(result.problems.map(showProblem).join('\n'));
}

function problemsOf(settings: string): string[] {
  return lint(read(settings), { knownSounds: new Map([['en', new Set(['beep'])]]) }).map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

const GOOD = '{ prompt: 7, every: 1m, label: store, on_key: [{ hang_up: { cause: busy } }] }';
const PLAN = 'lines/+420222333444/plan';

describe('an action with a row on either side', () => {
  it('is read and written, its duration and the lists inside too', () => {
    const company = read('{ prompt: 7, every: 1.5s, label: store, on_key: [answer, { play: { prompt: [7, 7] } }] }');
    const settings = { prompt: 7, every: '1500ms', label: 'store', on_key: ['answer', { play: [7, 7] }] };
    expect(toDocument(company)).toMatchObject({ lines: [{ plan: ['answer', { beep: settings }] }] });
    const again = readDocument(formatCompany(company), 'file');
    expect(again.ok && again.document.company).toEqual(company);
  });

  it('is walked, with its prompt and its label', () => {
    const company = read(GOOD);
    expect([...walk(company)].map(({ pointer }) => pointer)).toEqual([
      `${PLAN}/0`,
      `${PLAN}/1`,
      `${PLAN}/1/beep/on_key/0`,
    ]);
    expect(promptUsages(company, 7)).toEqual([{ pointer: `${PLAN}/1`, action: 'beep', setting: 'beep/prompt' }]);
    expect(labelsOf(company)).toEqual(['store']);
  });

  it('is linted: what it names, its own rules, and the lists inside', () => {
    expect(problemsOf(GOOD)).toEqual([]);
    expect(problemsOf('{ prompt: 8, every: 10ms, label: store, on_key: [{ go_to_part: none }, answer] }')).toEqual(
      expect.arrayContaining([
        `${PLAN}/1/beep/prompt: there is no prompt 8`,
        `${PLAN}/1/beep/every: that is too often`,
        `${PLAN}/1/beep/on_key/0/go_to_part: there is no part "none"`,
        `${PLAN}/1/beep/on_key/1: never reached: go_to_part before it does not come back`,
      ]),
    );
    const misspelt = readDocument(document('{ prompt: 7, evry: 2s, label: store }'), 'file');
    expect(misspelt.ok ? [] : misspelt.problems.map(({ remedy }) => remedy)).toContain('did you mean "every"?');
  });

  it('runs in a call: its question gets the keys, and a key leads into its list', async () => {
    const client = new OutboundClient();
    const options = {
      contract: telfaHandOver,
      durationOf: () => 1000,
      http: new EffectSender(client),
      logger: createLogger({ level: 'silent' }),
    };
    const call = await simulate(read(GOOD), { line: '222333444', keys: '5' }, options);
    const silent = await simulate(read(GOOD), { line: '222333444' }, options);
    await client.close();
    const actionsOf = ({ timeline }: typeof call) =>
      timeline.filter(({ kind }) => kind === 'action').map(({ data }) => data['at']);
    expect(actionsOf(call)).toEqual([`${PLAN}/0`, `${PLAN}/1`, `${PLAN}/1/beep/on_key/0`]);
    expect(call.keysLeft).toBe('');
    expect(actionsOf(silent)).toEqual([`${PLAN}/0`, `${PLAN}/1`]);
    expect(silent.endedAt - silent.startedAt).toBeGreaterThanOrEqual(60_000);
  });
});

describe('what the compiler refuses', () => {
  it('a list that is left out, a fact that is missing, a row that is missing', () => {
    const accepted = { ...row, branches: ({ on_key }: BeepSettings<Action>) => ({ on_key }) } satisfies typeof row;
    // @ts-expect-error: `branches` leaves out `on_key`
    const withoutList: typeof row = { ...row, branches: () => ({}) };
    const incomplete: Omit<typeof row, 'lint'> = row;
    // @ts-expect-error: `lint` is missing
    const withoutFact: typeof row = incomplete;
    const { hang_up, ...others } = actionKinds;
    // @ts-expect-error: there is no row for `hang_up`
    const withoutRow: ActionKinds = others;
    expect([accepted, withoutList, withoutFact, withoutRow, hang_up]).toHaveLength(5);
  });
});
