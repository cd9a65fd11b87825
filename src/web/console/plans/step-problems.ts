import { branchesOf, formOf, type Forms } from './form-model.js';
import { outerAction } from './operations.js';
import type { LintProblem, Plan } from './types.js';

/** A problem of the item with its place. */
export interface PlacedProblem {
  problem: LintProblem;
  /** Path of the step in the plan; undefined for the item itself. */
  step: string | undefined;
  /** Name of the setting; undefined for the step itself. */
  field: string | undefined;
}

/** The problems of a line or part, each at the innermost step that it is about. @param prefix path of the plan: `lines/+420…/plan` */
export function placeProblems(
  forms: Forms,
  plan: Plan,
  problems: readonly LintProblem[],
  { item, prefix }: { item: string; prefix: string },
): PlacedProblem[] {
  return problems.flatMap((problem): PlacedProblem[] => {
    const { path } = problem;
    if (path.startsWith(`${prefix}/`))
      return [{ problem, ...innermost(forms, plan, path.slice(prefix.length + 1), '') }];
    if (path !== item && !path.startsWith(`${item}/`)) return [];
    return [{ problem, step: undefined, field: path.slice(item.length + 1).split('/')[0] || undefined }];
  });
}

function innermost(forms: Forms, plan: Plan, path: string, outer: string): Pick<PlacedProblem, 'step' | 'field'> {
  const [at = '', ...names] = path.split('/');
  const action = plan[Number(at)];
  const step = outer === '' ? at : `${outer}/${at}`;
  if (action === undefined) return { step: outerAction(outer), field: undefined };
  const below = names.join('/');
  const form = formOf(forms, action);
  for (const branch of branchesOf(form, action))
    if (below.startsWith(`${branch.path}/`))
      return innermost(forms, branch.actions, below.slice(branch.path.length + 1), `${step}/${branch.path}`);
  const [, setting = ''] = names;
  const field = form.fields.find(({ name, settings }) => name === setting || settings?.includes(setting) === true);
  return { step, field: names.length > 0 ? field?.name : undefined };
}
