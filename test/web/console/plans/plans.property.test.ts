import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactDeep } from '../../../../src/lib/codec.js';
import { planSchema } from '../../../../src/company/plan-schema.js';
import {
  branchesOf,
  fieldValue,
  formOf,
  settingsOf,
  withBranch,
  withField,
  writeAction,
} from '../../../../src/web/console/plans/form-model.js';
import {
  actionAt,
  insertAction,
  listAt,
  mapPlan,
  moveAction,
  pathOf,
  placeOf,
  removeAction,
  walkPlan,
} from '../../../../src/web/console/plans/operations.js';
import { diffPlans } from '../../../../src/web/console/plans/plan-diff.js';
import { planSentence } from '../../../../src/web/console/plans/sentence.js';
import type { Action, Plan } from '../../../../src/web/console/plans/types.js';
import { anyCompany } from '../../../call-plan/any-company.js';
import { forms, speaker } from './plan-harness.js';

/** Plans as the document has them. */
const anyPlan: fc.Arbitrary<Plan> = anyCompany.map(({ parts, lines }) => {
  const plan = [...Object.values(parts), ...lines.map((line) => line.plan)].flat().slice(0, 20);
  return compactDeep(z.encode(planSchema, plan)) as Plan;
});

const read = (plan: Plan) => planSchema.parse(plan);

test('the form of every action writes the same action', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const rewritten = mapPlan(forms, plan, (action) => {
        const form = formOf(forms, action);
        const settings = settingsOf(form, action);
        const typed = form.fields.reduce<Action>(
          (now, field) => {
            const value = fieldValue(field, settingsOf(form, now));
            return value === undefined ? now : withField(form, now, field, value);
          },
          writeAction(form, settings),
        );
        return branchesOf(form, typed).reduce<Action>(
          (now, branch) => withBranch(form, now, branch, branch.actions),
          typed,
        );
      });
      expect(read(rewritten)).toEqual(read(plan));
    }),
  );
});

test('every plan is said in words, and compared with another one', () => {
  fc.assert(
    fc.property(anyPlan, anyPlan, (plan, other) => {
      expect(planSentence(speaker, plan)).not.toBe('');
      expect(diffPlans(speaker, plan, plan)).toEqual([]);
      const isSame = JSON.stringify(read(plan)) === JSON.stringify(read(other));
      expect(diffPlans(speaker, plan, other).length > 0 || isSame).toBe(true);
    }),
  );
});

test('what is added and removed again, or moved and moved back, leaves the plan as it was', () => {
  fc.assert(
    fc.property(anyPlan, fc.nat(), fc.nat(), (plan, from, to) => {
      const steps = [...walkPlan(forms, plan)];
      if (steps.length === 0) return;
      const step = steps[from % steps.length]?.path ?? '';
      const place = placeOf(steps[to % steps.length]?.path ?? '');
      const added = insertAction(forms, plan, place, 'answer');
      expect(listAt(forms, added, place.list)?.[place.index]).toBe('answer');
      expect(removeAction(forms, added, pathOf(place))).toEqual(plan);
      const moved = moveAction(forms, plan, step, place);
      if (moved === undefined) return;
      expect([...walkPlan(forms, moved.plan)]).toHaveLength(steps.length);
      const removed = (each: Plan, path: string) => removeAction(forms, each, path);
      expect(removed(moved.plan, moved.path)).toEqual(removed(plan, step));
      // It is before the action that was there, which is another one unless the moved action is inside of it.
      if (`${step}/`.startsWith(`${pathOf(place)}/`)) return;
      const { list, index } = placeOf(moved.path);
      expect(actionAt(forms, moved.plan, pathOf({ list, index: index + 1 }))).toEqual(
        actionAt(forms, plan, pathOf(place)),
      );
    }),
  );
});
