import { store } from './draft-store.js';
import { planOf, withPlan, type Item, type ItemChange } from './items.js';
import type { Plan } from './types.js';

/** Where a plan that is edited comes from, and where its changes go. */
export interface PlanPlace {
  /** Pointer of the plan, as problems and calls name it. */
  readonly pointer: string;
  readonly plan: Plan;
  /** Name of the part whose plan it is; undefined for another plan. */
  readonly part?: string | undefined;
  /** @param typing the field that is typed into: one step back takes back the whole word @returns takes the change back */
  change(plan: Plan, typing?: string): () => void;
  /** Changes the plan and adds a part in one step; left out where parts cannot be added. @returns takes both back */
  changeWithPart?(plan: Plan, part: ItemChange): (() => void) | undefined;
  /** Removes the whole plan; left out when it cannot be removed. */
  remove?(): void;
}

/** The plan of a line or part in the visitor's draft. */
export function placeInDraft(at: Pick<Item, 'section' | 'key'>): PlanPlace {
  const { section, key } = at;
  const pointer = section === 'lines' ? `lines/${key}/plan` : `parts/${key}`;
  const changeOf = (plan: Plan): ItemChange | undefined => {
    const item = store.get(at);
    return item && { ...at, body: withPlan(item, plan) };
  };
  return {
    pointer,
    part: section === 'parts' ? key : undefined,
    get plan() {
      const item = store.get(at);
      return item === undefined ? [] : planOf(item);
    },
    change(plan, typing) {
      const change = changeOf(plan);
      return change === undefined ? () => undefined : store.change([change], typing && `${pointer} ${typing}`);
    },
    changeWithPart(plan, part) {
      const change = changeOf(plan);
      return change && store.change([part, change]);
    },
    remove: () => void store.change([{ ...at, body: undefined }]),
  };
}
