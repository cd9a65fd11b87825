import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { planSchema } from '../../../../src/company/plan-schema.js';
import { compactDeep } from '../../../../src/lib/codec.js';
import { mergeBodies } from '../../../../src/web/console/plans/merge-plans.js';
import { changeAction, insertAction, removeAction, walkPlan } from '../../../../src/web/console/plans/operations.js';
import type { Action, Plan } from '../../../../src/web/console/plans/types.js';
import { anyCompany } from '../../../call-plan/any-company.js';
import { forms } from './plan-harness.js';

const merge = (base: Plan, a: Plan, b: Plan) => mergeBodies(forms, 'parts', base, a, b);

const menu = (retries: number, keys: Record<string, Plan>): Action => ({ menu: { prompt: 1, retries, keys } });
const base: Plan = ['answer', menu(1, { '1': [{ go_to_part: 'operator' }], '2': ['hang_up'] }), { play: 8 }, 'hang_up'];
const changed = (at: number, action: Action) => base.with(at, action);

describe('changes of two people in one plan', () => {
  test('of different steps, settings and keys fit together', () => {
    const mine = base
      .with(1, menu(4, { '1': [{ go_to_part: 'operator' }], '2': ['hang_up'] }))
      .toSpliced(1, 0, { play: 5 });
    const theirs = base
      .with(1, menu(1, { '1': [{ play: 5 }, { go_to_part: 'operator' }], '3': [{ play: 1 }] }))
      .toSpliced(2, 1);
    expect(merge(base, mine, theirs)).toEqual([
      'answer',
      { play: 5 },
      menu(4, { '1': [{ play: 5 }, { go_to_part: 'operator' }], '3': [{ play: 1 }] }),
      'hang_up',
    ]);
  });

  test('that are the same count once, in whatever notation', () => {
    expect(merge(base, changed(2, { play: 5 }), changed(2, { play: { prompt: 5 } }))).toEqual(changed(2, { play: 5 }));
    const added = base.toSpliced(3, 0, { play: 1 });
    expect(merge(base, added, added)).toEqual(added);
  });

  test.each<[string, Plan, Plan]>([
    ['one setting', changed(2, { play: 5 }), changed(2, { play: 1 })],
    ['a step that the other has removed', changed(2, { play: 5 }), base.toSpliced(2, 1)],
    ['steps at one place', base.toSpliced(1, 0, { play: 5 }), base.toSpliced(1, 0, { play: 1 })],
    [
      'one step, which both have moved',
      [base[2] ?? '', ...base.toSpliced(2, 1)],
      [...base.toSpliced(2, 1), base[2] ?? ''],
    ],
    ['a step that the other has moved', [base[2] ?? '', ...base.toSpliced(2, 1)], base.toSpliced(2, 1)],
    ['a new key', changed(1, menu(1, { '9': [{ play: 5 }] })), changed(1, menu(1, { '9': [{ play: 1 }] }))],
  ])('of %s do not', (_, mine, theirs) => {
    expect(merge(base, mine, theirs)).toBeUndefined();
    expect(merge(base, theirs, mine)).toBeUndefined();
  });

  test('of a choice between settings do not, when both have chosen', () => {
    const ring = (settings: object): Plan => [{ ring: settings }];
    const before = ring({ handset: 'tester' });
    expect(merge(before, ring({ handset: 'other' }), ring({ number: '+420777888999' }))).toBeUndefined();
    expect(merge(before, ring({ number: '+420777888999' }), ring({ handset: 'tester', timeout: '20s' }))).toEqual(
      ring({ number: '+420777888999', timeout: '20s' }),
    );
  });

  test('of a line are its settings and its plan', () => {
    const line = { number: '+420222333444', name: 'Sales', plan: base };
    const [mine, theirs] = [
      { ...line, name: 'Orders' },
      { ...line, plan: changed(2, { play: 5 }) },
    ];
    expect(mergeBodies(forms, 'lines', line, mine, theirs)).toEqual({ ...theirs, name: 'Orders' });
    expect(mergeBodies(forms, 'lines', line, mine, { ...line, name: 'Shop' })).toBeUndefined();
    expect(mergeBodies(forms, 'lines', null, mine, theirs)).toBeUndefined();
  });
});

/** Plans as the document has them. */
const anyPlan: fc.Arbitrary<Plan> = anyCompany.map(({ parts, lines }) => {
  const plan = [...Object.values(parts), ...lines.map((line) => line.plan)].flat().slice(0, 12);
  return compactDeep(z.encode(planSchema, plan)) as Plan;
});

/** What somebody has made of a plan: steps are added, removed, or replaced by those of another plan. */
const anyEdits = fc.array(
  fc.record({ does: fc.constantFrom('add', 'remove', 'replace'), at: fc.nat(), step: fc.nat() }),
  {
    maxLength: 4,
  },
);
type Edits = typeof anyEdits extends fc.Arbitrary<infer T> ? T : never;

function edited(plan: Plan, other: Plan, edits: Edits): Plan {
  return edits.reduce<Plan>((now, { does, at, step }) => {
    const paths = [...walkPlan(forms, now)].map(({ path }) => path);
    const path = paths[at % Math.max(1, paths.length)];
    const action = other[step % Math.max(1, other.length)] ?? 'answer';
    if (path === undefined) return now;
    if (does === 'remove') return removeAction(forms, now, path);
    if (does === 'replace') return changeAction(forms, now, path, () => action);
    const index = Number(path.split('/').at(-1));
    return insertAction(forms, now, { list: path.slice(0, Math.max(0, path.lastIndexOf('/'))), index }, action);
  }, plan);
}

const anyThree = fc
  .tuple(anyPlan, anyPlan, anyEdits, anyEdits)
  .map(([plan, other, mine, theirs]) => ({ plan, a: edited(plan, other, mine), b: edited(plan, other, theirs) }));

/** Companies are large. */
const RUNS = { numRuns: 50 };

describe('any two changes', () => {
  test('one of which is none are the other one', () => {
    fc.assert(
      fc.property(anyThree, ({ plan, a }) => {
        expect(merge(plan, a, plan)).toEqual(a);
        expect(merge(plan, plan, a)).toEqual(a);
        expect(merge(plan, a, a)).toEqual(a);
      }),
      RUNS,
    );
  });

  test('are merged alike from both sides, into a plan that can be read', () => {
    let merges = 0;
    fc.assert(
      fc.property(anyThree, ({ plan, a, b }) => {
        const merged = merge(plan, a, b);
        expect(merge(plan, b, a)).toEqual(merged);
        if (merged === undefined) return;
        merges += 1;
        expect(planSchema.safeParse(merged).success).toBe(true);
      }),
      RUNS,
    );
    expect(merges).toBeGreaterThan(10);
  });
});
