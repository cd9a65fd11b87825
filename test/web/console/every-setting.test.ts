import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { companySchema } from '../../../src/company/company.js';
import { handsetFields } from '../../../src/web/console/handsets/fields.js';
import { lineFields } from '../../../src/web/console/lines/fields.js';
import { changeableRoles, personFields, RIGHTS } from '../../../src/web/console/people/fields.js';
import { queueFields } from '../../../src/web/console/queues/fields.js';
import { callbackFields, settingGroups } from '../../../src/web/console/settings/fields.js';
import type { FieldSpec } from '../../../src/web/console/config/field-spec.js';
import { supportedLanguages, type Language } from '../../../src/lib/language.js';
import * as languages from '../../../src/web/texts/languages.js';

/** Every property of the company's document has a place on a page. */

interface Place {
  path: string;
  /** It holds everything below it as well. */
  isWhole: boolean;
}

const inSection = (section: string, fields: readonly FieldSpec[]): Place[] =>
  fields.map(({ path, kind }) => ({
    path: section === '' ? path : `${section}.${path}`,
    isWhole: kind !== 'switch',
  }));

const settings = Object.values(settingGroups).flat();
const places: Place[] = [
  ...inSection('', settings),
  ...inSection('handsets', handsetFields(true)),
  ...inSection('queues', queueFields),
  ...inSection('operators', personFields),
  ...inSection('lines', lineFields),
  ...inSection('callbacks', callbackFields),
  ...changeableRoles.flatMap((role) =>
    Object.keys(RIGHTS).map((right) => ({ path: `roles.${role}.${right}`, isWhole: true })),
  ),
  { path: 'profiles', isWhole: true },
];

/** Properties without a field on these pages, and why. */
const exceptions: Record<string, string> = {
  version: 'there is only one version of the format',
  'lines.plan': 'call plans have an editor of their own',
  parts: 'parts of call plans have an editor of their own',
  prompts: 'the page of prompts',
  music: 'the page of music',
  webhooks: 'the page of webhooks',
};

type Schema = z.core.$ZodType;

/** The properties of a schema, down to those that hold a value, a list of values or a table. */
function propertiesOf(schema: Schema, path: string): string[] {
  const { def } = (schema as unknown as { _zod: { def: Record<string, unknown> } })._zod;
  const inner = (def['innerType'] ?? def['in']) as Schema | undefined;
  if (inner !== undefined) return propertiesOf(inner, path);
  if (def['type'] === 'array') return propertiesOf(def['element'] as Schema, path);
  const inside = def['type'] === 'object' ? (def['shape'] as Record<string, Schema>) : rowsOf(def);
  if (Object.keys(inside).length === 0) return [path];
  return Object.entries(inside).flatMap(([name, each]) => propertiesOf(each, path === '' ? name : `${path}.${name}`));
}

/** The rows of a table whose names are known; none for a table with any names, and for what is no table. */
function rowsOf({ type, keyType, valueType }: Record<string, unknown>): Record<string, Schema> {
  if (type !== 'record') return {};
  const { def } = (keyType as { _zod: { def: { entries?: Record<string, string> } } })._zod;
  return Object.fromEntries(Object.values(def.entries ?? {}).map((name) => [name, valueType as Schema]));
}

const isIn = (path: string, whole: string) => path === whole || path.startsWith(`${whole}.`);
const properties = propertiesOf(companySchema, '');

test('every property of the document has a place on a page, or a reason', () => {
  expect(properties).toEqual(expect.arrayContaining(['country', 'queues.announce.every', 'gootax.pop.url']));
  expect(properties.length).toBeGreaterThan(120);
  const homeless = properties.filter(
    (path) =>
      !places.some((place) => (place.isWhole ? isIn(path, place.path) : path === place.path)) &&
      !Object.keys(exceptions).some((exception) => isIn(path, exception)),
  );
  expect(homeless).toEqual([]);
});

test('every place and exception is a property of the document', () => {
  const unknown = [...places.map(({ path }) => path), ...Object.keys(exceptions)].filter(
    (path) => !properties.some((property) => isIn(property, path) || isIn(path, property)),
  );
  expect(unknown).toEqual([]);
});

describe.each(supportedLanguages)('in %s', (language: Language) => {
  const texts = languages[language];
  test.each([
    ['settings', settings, texts.settings.form],
    ['handsets', handsetFields(true), texts.handsets.form],
    ['queues', queueFields, texts.queues.form],
    ['people', personFields.filter(({ path }) => path !== 'id'), texts.people.form],
    ['lines', lineFields, texts.lines.form],
    ['callbacks', callbackFields, texts.settings.callbackForm],
  ] as [string, readonly FieldSpec[], { fields: object; options: object }][])(
    'every field and option of %s has a name',
    (_, fields, form) => {
      const nameless = fields.filter(({ path }) => !Object.hasOwn(form.fields, path)).map(({ path }) => path);
      expect(nameless).toEqual([]);
      for (const field of fields) {
        if (field.kind !== 'select' && field.kind !== 'radio') continue;
        if (field.path.endsWith('.method')) continue;
        const named = (form.options as Record<string, object>)[field.path] ?? {};
        expect(Object.keys(named).sort(), field.path).toEqual([...field.options].sort());
      }
    },
  );
});
