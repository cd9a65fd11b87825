import { branchesOf } from './action-facts.js';
import type { Company } from './company.js';
import { entryLists, promptsOf, type Place } from './walk.js';
import type { Action } from './plan-schema.js';
import { actionName } from './plan-schema.js';

type Plans = Pick<Company, 'lines' | 'parts' | 'orders' | 'prompts'>;

/** Between the parts of a name, such as `Customer line › 9 › Main menu`. */
const BELOW = ' › ';

/**
 * The names of all menus by their place in the plans: the line or part, the keys that lead to the menu, and its prompts. A line is
 * named by its number when it has no name.
 */
export function menuNames(company: Plans): Map<string, string> {
  const names = new Map<string, string>();
  const promptNames = new Map(company.prompts.map(({ id, name }) => [id, name]));
  for (const { path, actions } of entryLists(company)) {
    for (const { place, keys } of menusIn(actions, path, [])) {
      const heard = promptsOf(place.action).filter(({ setting }) => setting === 'menu/prompt');
      const said = heard.map(({ prompt }) => promptNames.get(prompt) ?? `#${prompt}`).join(' + ');
      names.set(place.pointer, [listName(path, company), ...keys, said].filter((part) => part !== '').join(BELOW));
    }
  }
  return names;
}

/** The menus of a list, each with the keys of the menus around it. */
function* menusIn(
  actions: readonly Action[],
  path: string,
  keys: readonly string[],
): Generator<{ place: Place; keys: readonly string[] }> {
  for (const [index, action] of actions.entries()) {
    const pointer = `${path}/${index}`;
    if (actionName(action) === 'menu') yield { place: { pointer, action }, keys };
    for (const branch of branchesOf(action)) {
      const [, key] = /\/keys\/([^/]+)$/.exec(`/${branch.path}`) ?? [];
      yield* menusIn(branch.actions, `${pointer}/${branch.path}`, key === undefined ? keys : [...keys, key]);
    }
  }
}

function listName(path: string, { lines }: Plans): string {
  const [section, name = '', ...rest] = path.split('/');
  if (section !== 'lines') return [name, ...rest].filter((part) => part !== 'menus' && part !== 'keys').join(BELOW);
  return lines.find(({ number }) => number === name)?.name || name;
}
