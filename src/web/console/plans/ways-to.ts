import { store } from './draft-store.js';
import { branchesOf, formOf, freeKeys, type Forms } from './form-model.js';
import { planOf, withPlan, type Item, type ItemChange } from './items.js';
import { goingTo, isEnd } from './new-part.js';
import { changeBranch, walkPlan } from './operations.js';
import { lineTitle, speaker } from './speaker.js';
import { texts } from './texts.js';
import type { Action, Line } from './types.js';

/** More offers would hide the problem. */
export const MOST_OFFERS = 4;

interface Way {
  name: string;
  change: ItemChange;
}

/** Ways to lead callers to a part that nothing leads to: keys of menus, and the ends of lines. Many are not offered at all. */
export function waysTo(part: string | undefined): Way[] {
  const { forms } = speaker.value;
  const next = part === undefined ? undefined : goingTo(forms, part);
  const items = (store.items.value ?? []).filter(
    ({ section, key }) => section === 'lines' || (section === 'parts' && key !== part),
  );
  if (next === undefined) return [];
  return [
    items.flatMap((item) => keysOf(forms, item, next)),
    items.flatMap((item) => endOf(forms, item, next)),
  ].flatMap((ways) => (ways.length > MOST_OFFERS ? [] : ways));
}

/** Keys of the menus in a plan: those that do nothing yet, else the first free one of each menu. */
function keysOf(forms: Forms, item: Item, next: Action): Way[] {
  const plan = planOf(item);
  return [...walkPlan(forms, plan)].flatMap(({ path, action }) => {
    const form = formOf(forms, action);
    return form.branches
      .filter(({ by_key: byKey }) => byKey)
      .flatMap(({ name: setting }) => {
        const empty = branchesOf(form, action).flatMap(({ key, actions }) =>
          key !== undefined && actions.length === 0 ? [key] : [],
        );
        const keys = empty.length > 0 ? empty : freeKeys(form, action, setting).slice(0, 1);
        return keys.map((key) => ({
          name: texts.fixes.leadKeyHere(key, titleOf(item)),
          change: changed(item, changeBranch(forms, plan, path, { setting, key }, [next])),
        }));
      });
  });
}

function endOf(forms: Forms, item: Item, next: Action): Way[] {
  const plan = planOf(item);
  if (item.section !== 'lines' || isEnd(forms, plan)) return [];
  return [{ name: texts.fixes.leadHere(titleOf(item)), change: changed(item, [...plan, next]) }];
}

function changed(item: Item, plan: readonly Action[]): ItemChange {
  return { section: item.section, key: item.key, body: withPlan(item, [...plan]) };
}

function titleOf({ section, key, body }: Item): string {
  return section === 'lines' ? lineTitle(body as Line) : key;
}
