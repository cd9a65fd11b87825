import { z } from 'zod';
import { fieldFacts, KINDS_WITH_MEANING } from '../lib/setting-meaning.js';
import { hoursSchema } from './hours-schema.js';
import { actionKinds, planSchema, writableActions, type ActionName } from './plan-schema.js';

/** Describes the settings of actions as data, so that a program can show a form for each without knowing the actions. */

const fieldKind = z.enum([...KINDS_WITH_MEANING, 'url', 'text', 'number', 'choice', 'switch']);

const formField = z.object({
  name: z.string().describe('Name of the setting; empty: the action has this setting only, written after its name'),
  kind: fieldKind,
  required: z.boolean(),
  default: z.unknown().optional().describe('As it is written in the document'),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  choices: z.array(z.string()).optional(),
  one_of: z.string().optional().describe('Of the fields with the same word exactly one has a value'),
  settings: z
    .array(z.string())
    .optional()
    .describe('The value is an object of these settings of the action, beside the others'),
});

const formBranch = z.object({
  name: z.string(),
  by_key: z.boolean().describe('A list of actions for each key, in place of one list'),
  required: z.boolean(),
});

export const actionFormSchema = z.object({
  name: z.string(),
  fields: z.array(formField),
  branches: z.array(formBranch).describe('The settings that are lists of actions'),
  bare: z
    .string()
    .nullable()
    .describe('The setting that a value without a name sets: `play: 7` is `play: { prompt: 7 }`'),
  stands_alone: z.boolean().describe('The name alone is the action without settings: `- answer`'),
  waits: z.boolean().describe('Waits for the caller, the shop or somebody who answers'),
  ends: z.boolean().describe('The plan does not continue after it: it goes elsewhere, or the call ends'),
});

export type ActionForm = z.output<typeof actionFormSchema>;
type FormField = ActionForm['fields'][number];
type AnySchema = z.core.$ZodType;

/** The forms of all actions that a plan may contain. */
export function actionForms(): ActionForm[] {
  return writableActions.map(formOf);
}

function formOf(name: ActionName): ActionForm {
  const { settings, waits } = actionKinds[name];
  const written = alternatives(settings);
  const stands_alone = settings.safeParse(null).success;
  const object = written.find(isObject);
  if (object === undefined) {
    const field = fieldOf('', settings);
    return { name, fields: [field], branches: [], bare: null, stands_alone, waits, ends: endsAlways(name) };
  }
  const shape = Object.entries(object.shape);
  const lists = shape.flatMap(([setting, schema]) => branchOf(setting, schema));
  const others = shape.filter(([setting]) => !lists.some((list) => list.name === setting));
  const bare = others.find(([, schema]) => written.some((each) => each !== object && holds(schema, each)))?.[0] ?? null;
  const ends = lists.length === 0 && endsAlways(name);
  return { name, fields: fieldsOf(others), branches: lists, bare, stands_alone, waits, ends };
}

/** Of an action without lists: its exits do not depend on its settings. */
function endsAlways(name: ActionName): boolean {
  return actionKinds[name].exits(undefined as never).length === 0;
}

/** The hours of an action are one field, although they are several settings. */
function fieldsOf(shape: [name: string, schema: AnySchema][]): FormField[] {
  const hasHours = shape.some(([, schema]) => schema === hoursSchema.shape.weekly);
  if (!hasHours) return shape.map(([name, schema]) => fieldOf(name, schema));
  const settings = Object.keys(hoursSchema.shape);
  const hours: FormField = { name: 'hours', kind: 'hours', required: true, settings };
  return [hours, ...fieldsOf(shape.filter(([name]) => !settings.includes(name)))];
}

function branchOf(name: string, schema: AnySchema): ActionForm['branches'] {
  const { inner, isRequired } = unwrap(schema);
  if (inner === planSchema) return [{ name, by_key: false, required: isRequired }];
  if (inner instanceof z.ZodRecord && inner.valueType === planSchema)
    return [{ name, by_key: true, required: isRequired }];
  return [];
}

function fieldOf(name: string, schema: AnySchema): FormField {
  const { inner, isRequired, usual } = unwrap(schema);
  const field: FormField = { name, required: isRequired, ...typeOf(name, inner) };
  if (usual !== undefined) field.default = usual;
  return field;
}

/** @throws {Error} for a schema that no form field can show: give it a meaning (lib/setting-meaning.ts) */
function typeOf(name: string, schema: AnySchema): Omit<FormField, 'name' | 'required'> {
  const facts = fieldFacts.get(schema);
  if (facts !== undefined)
    return facts.oneOf === undefined ? { kind: facts.kind } : { kind: facts.kind, one_of: facts.oneOf };
  if (schema instanceof z.ZodURL) return { kind: 'url' };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options.map(String) };
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    return { kind: 'number', minimum: minValue ?? undefined, maximum: maxValue ?? undefined };
  }
  throw new Error(`the setting ${name} has no kind of form field`);
}

/** The schema without default, optional and notations, down to one with a meaning. */
function unwrap(schema: AnySchema): { inner: AnySchema; isRequired: boolean; usual: unknown } {
  let inner = schema;
  let isRequired = true;
  let usual: unknown;
  while (fieldFacts.get(inner) === undefined) {
    usual ??= z.globalRegistry.get(inner as z.ZodType)?.['default'];
    if (inner instanceof z.ZodDefault) usual ??= z.encode(inner.unwrap() as z.ZodType, inner.def.defaultValue);
    if (inner instanceof z.ZodPrefault) usual ??= inner.def.defaultValue;
    if (inner instanceof z.ZodPipe) inner = inner.in;
    else if (isWrapper(inner)) {
      isRequired = false;
      inner = inner.unwrap();
    } else break;
  }
  return { inner, isRequired: isRequired && usual === undefined, usual };
}

function isObject(schema: AnySchema): schema is z.ZodObject<Record<string, AnySchema>> {
  return schema instanceof z.ZodObject;
}

function isWrapper(schema: AnySchema): schema is z.ZodOptional | z.ZodNullable | z.ZodDefault | z.ZodPrefault {
  return [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault].some((wrapper) => schema instanceof wrapper);
}

/** The notations of an action's settings. */
function alternatives(schema: AnySchema): AnySchema[] {
  const { inner } = unwrap(schema);
  const isChoice = inner instanceof z.ZodUnion && fieldFacts.get(inner) === undefined;
  return isChoice ? inner.options.flatMap(alternatives) : [inner];
}

/** Whether a setting accepts what another schema accepts. */
function holds(setting: AnySchema, other: AnySchema): boolean {
  const { inner } = unwrap(setting);
  return inner === other || (inner instanceof z.ZodUnion && inner.options.includes(other));
}
