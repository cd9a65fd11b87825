import { z } from 'zod';
import { conflict, invalid } from '../../../../http/problem.js';
import { updateCompany } from '../../../../company/update.js';
import type { Company } from '../../../../company/company.js';
import type { Action } from '../../../../company/plan-schema.js';
import { partName } from '../../../../company/plan-words.js';
import { found, idOf, type Recipe } from '../ids.js';
import type { Context } from '../ports.js';
import type { Reply } from '../reply.js';
import { none, pageNumber, endpoint, whole, type Endpoint } from '../endpoint.js';
import { actionsOf, readSteps, stepFields, withActions } from '../steps.js';
import type { Fields } from '../../../shared/input.js';

const written = z.object({ action: z.string('the name of an action').min(1), settings: z.unknown().optional() });
/** XML represents a list of one element by the element itself. */
const steps = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? listWithin(value) : value),
  z.array(written).max(200),
);
const byId = z.object({ id: whole });
const byPosition = byId.extend({ position: whole });

/** Numbers and recipes. A recipe is the plan of a number, or a part. */
export const planRows: Endpoint[] = [
  endpoint({
    name: 'numbers',
    method: 'GET',
    path: '/numbers',
    scope: 'config:read',
    input: none,
    async handle(_input, { ports, company, profile, line: written }) {
      const recipes = await ports.ids.recipes(company, profile);
      const items = [...(await ports.ids.numbers(company, profile))].map(([id, number]) => ({
        id,
        number: written(number),
        name: company.lines.find((line) => line.number === number)?.name ?? '',
        recipe_id: idOf(recipes, (recipe) => 'line' in recipe && recipe.line === number),
      }));
      return { list: 'numbers', item: 'number', items };
    },
  }),
  endpoint({
    name: 'recipes',
    method: 'GET',
    path: '/recipes',
    scope: 'config:read',
    input: z.object({ page: pageNumber }),
    async handle({ page: number }, context) {
      const { ports, company, profile } = context;
      const all = [...(await ports.ids.recipes(company, profile))];
      const numbers = await ports.ids.numbers(company, profile);
      const from = (number - 1) * profile.page_size;
      const items = all
        .slice(from, from + profile.page_size)
        .map(([id, recipe]) => fieldsOf(id, recipe, company, numbers, context));
      return { list: 'recipes', item: 'recipe', items };
    },
  }),
  endpoint({
    name: 'one_recipe',
    method: 'GET',
    path: '/recipes/:id',
    scope: 'config:read',
    input: byId,
    handle: async ({ id }, context) => oneRecipe(id, await recipeOf(id, context), context),
  }),
  endpoint({
    name: 'make_recipe',
    method: 'POST',
    path: '/recipes',
    root: 'recipe',
    scope: 'config:write',
    input: z.object({ name: partName, steps: steps.default([]) }),
    async handle({ name, steps: given }, context) {
      const actions = readSteps(given, 'steps');
      await change(context, (company) => {
        if (Object.hasOwn(company.parts, name))
          throw conflict(`name: the recipe ${name} exists already; change that one`);
        return withActions(company, { part: name }, actions);
      });
      const recipes = await context.ports.ids.recipes(context.ports.companies.company, context.profile);
      const id = idOf(recipes, (recipe) => 'part' in recipe && recipe.part === name) ?? 0;
      return oneRecipe(id, { part: name }, context);
    },
  }),
  endpoint({
    name: 'change_recipe',
    method: 'PUT',
    path: '/recipes/:id',
    root: 'recipe',
    scope: 'config:write',
    input: byId.extend({ steps }),
    async handle({ id, steps: given }, context) {
      const recipe = await recipeOf(id, context);
      const actions = readSteps(given, 'steps');
      await change(context, (company) => withActions(company, recipe, actions));
      return oneRecipe(id, recipe, context);
    },
  }),
  endpoint({
    name: 'steps',
    method: 'GET',
    path: '/recipes/:id/steps',
    scope: 'config:read',
    input: byId,
    handle: async ({ id }, context) => stepList(await recipeOf(id, context), context),
  }),
  endpoint({
    name: 'add_step',
    method: 'POST',
    path: '/recipes/:id/steps',
    root: 'step',
    scope: 'config:write',
    input: written.extend({ id: whole, position: whole.optional() }),
    handle: ({ id, position, ...step }, context) =>
      changeSteps(id, context, (actions) => {
        const place = position ?? actions.length + 1;
        if (place > actions.length + 1) throw invalid([{ field: 'position', detail: `at most ${actions.length + 1}` }]);
        return actions.toSpliced(place - 1, 0, ...readSteps([step], 'step'));
      }),
  }),
  endpoint({
    name: 'change_step',
    method: 'PUT',
    path: '/recipes/:id/steps/:position',
    root: 'step',
    scope: 'config:write',
    input: byPosition.extend(written.shape),
    handle: ({ id, position, ...step }, context) =>
      changeSteps(id, context, (actions) => {
        found(actions[position - 1], 'step');
        return actions.toSpliced(position - 1, 1, ...readSteps([step], 'step'));
      }),
  }),
  endpoint({
    name: 'remove_step',
    method: 'DELETE',
    path: '/recipes/:id/steps/:position',
    scope: 'config:write',
    input: byPosition,
    handle: ({ id, position }, context) =>
      changeSteps(id, context, (actions) => {
        found(actions[position - 1], 'step');
        return actions.toSpliced(position - 1, 1);
      }),
  }),
];

function listWithin(value: object): unknown[] {
  const step = (value as { step?: unknown }).step ?? value;
  return Array.isArray(step) ? step : [step];
}

async function recipeOf(id: number, { ports, company, profile }: Context): Promise<Recipe> {
  return found((await ports.ids.recipes(company, profile)).get(id), 'recipe');
}

async function oneRecipe(id: number, recipe: Recipe, context: Context): Promise<Reply> {
  const { ports, profile } = context;
  const { company } = ports.companies;
  const numbers = await ports.ids.numbers(company, profile);
  return { item: 'recipe', fields: fieldsOf(id, recipe, company, numbers, context) };
}

function fieldsOf(
  id: number,
  recipe: Recipe,
  company: Company,
  numbers: ReadonlyMap<number, string>,
  { can }: Context,
): Fields {
  const line = 'line' in recipe ? company.lines.find(({ number }) => number === recipe.line) : undefined;
  return {
    id,
    name: 'part' in recipe ? recipe.part : line?.name || recipe.line,
    number_id: 'line' in recipe ? idOf(numbers, (number) => number === recipe.line) : null,
    steps: stepFields(company, recipe, can('numbers:read')),
  };
}

function stepList(recipe: Recipe, { ports, can }: Context): Reply {
  return { list: 'steps', item: 'step', items: stepFields(ports.companies.company, recipe, can('numbers:read')) };
}

/** Applied to the steps at the time of the write, since writes are queued. */
async function changeSteps(id: number, context: Context, how: (actions: Action[]) => Action[]): Promise<Reply> {
  const recipe = await recipeOf(id, context);
  await change(context, (company) => withActions(company, recipe, how(actionsOf(company, recipe))));
  return stepList(recipe, context);
}

/** Validated like any company document. @throws {Problem} 422 with the errors */
export async function change({ ports }: Pick<Context, 'ports'>, how: (company: Company) => Company): Promise<void> {
  await updateCompany(ports.companies, how);
}
