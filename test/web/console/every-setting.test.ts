import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { companySchema } from '../../../src/company/company.js';
import { planSchema } from '../../../src/company/plan-schema.js';
import { gootaxProfileSchema } from '../../../src/integrations/gootax/profile.js';
import { telfaProfile } from '../../../src/integrations/telfa/profile.js';
import { alarmFields, alarmReceiverFields } from '../../../src/web/console/alarms/fields.js';
import { handsetFields } from '../../../src/web/console/handsets/fields.js';
import { lineFields } from '../../../src/web/console/lines/fields.js';
import { changeableRoles, personFields, RIGHTS } from '../../../src/web/console/people/fields.js';
import { queueFields } from '../../../src/web/console/queues/fields.js';
import { callbackFields, settingGroups } from '../../../src/web/console/settings/fields.js';
import { profileFields } from '../../../src/web/console/settings/profile-fields.js';
import { trunkFields } from '../../../src/web/console/trunks/fields.js';
import { contractFields, receiverFields, securityFields } from '../../../src/web/console/webhooks/fields.js';
import { ANY_NAME, specsAt, type FieldSpec } from '../../../src/web/console/config/field-spec.js';
import { supportedLanguages, type Language } from '../../../src/lib/language.js';
import * as languages from '../../../src/web/texts/languages.js';

/** Every property of the company's document has a place on a page: the lists of fields that forms are drawn from are compared with the schema. */

type Schema = z.core.$ZodType;

/** The value of a property or table, and of every property inside it: `trunks.*.per_minute`. */
function valuesOf(schema: Schema, path: string): string[] {
  const { def } = (schema as unknown as { _zod: { def: Record<string, unknown> } })._zod;
  const inner = (def['innerType'] ?? def['in']) as Schema | undefined;
  // A call plan holds call plans.
  if (schema === planSchema) return [path];
  if (inner !== undefined) return valuesOf(inner, path);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  switch (def['type']) {
    case 'array':
      return valuesOf(def['element'] as Schema, path);
    case 'object':
      return Object.entries(def['shape'] as Record<string, Schema>).flatMap(([name, each]) =>
        valuesOf(each, below(name)),
      );
    case 'record':
      return namesOf(def['keyType'] as Schema).flatMap((name) => valuesOf(def['valueType'] as Schema, below(name)));
    case 'union':
      return [...new Set((def['options'] as Schema[]).flatMap((each) => valuesOf(each, path)))];
    default:
      return [path];
  }
}

function namesOf(keys: Schema): string[] {
  const { def } = (keys as unknown as { _zod: { def: { entries?: Record<string, string> } } })._zod;
  return def.entries === undefined ? [ANY_NAME] : Object.values(def.entries);
}

/** Whether a place is that of the value; it may stand for any name. */
function isPlaceOf(place: string, value: string): boolean {
  const [names, ofValue] = [place.split('.'), value.split('.')];
  return names.length === ofValue.length && names.every((name, index) => name === ANY_NAME || name === ofValue[index]);
}

/** The values that a field edits. A switch only adds and removes a group. */
function placesOf(spec: FieldSpec): string[] {
  switch (spec.kind) {
    case 'switch':
      return [];
    case 'table':
      return [`${spec.path}.${ANY_NAME}`];
    case 'rows':
      return specsAt(spec.fields, `${spec.path}.${ANY_NAME}`).flatMap(placesOf);
    case 'own':
      return [spec.path, ...specsAt(spec.inside ?? [], spec.path).flatMap(placesOf)];
    default:
      return [spec.path];
  }
}

const alarmReceivers = specsAt(alarmReceiverFields, `alarms.receivers.${ANY_NAME}`);
const settings = Object.values(settingGroups).flat() as readonly FieldSpec[];

/** The fields of each page, by what they are below in the document. */
const pages: Record<string, [section: string, fields: readonly FieldSpec[]]> = {
  '/settings': ['', settings],
  '/alarms/settings': ['', alarmFields],
  '/settings/callbacks': ['callbacks.', callbackFields],
  '/handsets/:name': ['handsets.', handsetFields(true)],
  '/queues/:id': ['queues.', queueFields],
  '/people/:id': ['operators.', personFields],
  '/people/roles': [
    'roles.',
    changeableRoles.flatMap((role) =>
      Object.keys(RIGHTS).map((right) => ({ path: `${role}.${right}`, kind: 'check' })),
    ),
  ],
  '/lines/:number': ['lines.', lineFields],
  '/trunks/:name': ['trunks.', trunkFields],
  '/webhooks': ['webhooks.', [...receiverFields, ...securityFields, ...contractFields]],
};

/** Values that pages edit without a list of fields, and what holds them. */
const elsewhere: Record<string, string> = {
  version: 'there is only one version of the format',
  'lines.plan': '/plans makes its forms from the schema of the actions',
  [`parts.${ANY_NAME}`]: '/plans, as above',
  [`profiles.${ANY_NAME}.${ANY_NAME}`]: '/settings/profiles: compared with the schemas of the contracts below',
  'prompts.id': '/prompts shows the id, which the gateway gives',
  'prompts.name': '/prompts/:id',
  'prompts.sound': '/prompts/:id',
  [`prompts.audio.${ANY_NAME}`]: '/prompts/:id has an own recording for each language',
  'music.name': '/music gives a name, which stays',
  'music.title': '/music/:name',
  'music.sound': '/music/:name',
  'music.audio': '/music/:name',
};

const document = valuesOf(companySchema, '');
const placesOn = ([section, fields]: (typeof pages)[string]) =>
  fields.flatMap(placesOf).map((path) => `${section}${path}`);

test('the properties of the document are found, also in tables, lists and alternatives', () => {
  expect(document).toEqual(
    expect.arrayContaining([
      ...[
        'country',
        'queues.announce.every',
        'gootax.pop.url',
        'roles.operator.listen',
        'notifications.trunks.*.per_minute',
      ],
      ...['orders.menus.arrived.keys.*', 'status_speech.templates.*.*.inquiry.choose.text', 'priority_callers.numbers'],
    ]),
  );
  expect(document.length).toBeGreaterThan(200);
});

test('every property of the document has a place on a page, or a reason', () => {
  const places = [...Object.values(pages).flatMap(placesOn), ...Object.keys(elsewhere)];
  expect(document.filter((path) => !places.some((place) => isPlaceOf(place, path)))).toEqual([]);
});

test('every field of a page is a property of the document, and no reason is left for one that is gone', () => {
  const starts = (path: string) => path.split('.').map((_, index, names) => names.slice(0, index + 1).join('.'));
  const isThere = (place: string) => document.some((path) => starts(path).some((start) => isPlaceOf(place, start)));
  for (const [page, fields] of Object.entries(pages))
    expect(
      placesOn(fields).filter((path) => !isThere(path)),
      page,
    ).toEqual([]);
  expect(Object.keys(elsewhere).filter((path) => !document.includes(path))).toEqual([]);
});

test.each([
  ['telfa', telfaProfile],
  ['gootax', gootaxProfileSchema],
] as const)('every setting of the contract profile %s has a field', (kind, schema) => {
  const places = profileFields[kind].flatMap(placesOf);
  expect(places.sort()).toEqual(['base', ...valuesOf(schema, '')].sort());
});

const ofProfiles = Object.values(profileFields).flat();

/** The fields whose names a form shows, with those of its rows. */
function named(fields: readonly FieldSpec[]): FieldSpec[] {
  return fields.flatMap((field) =>
    field.kind === 'rows' ? [field, ...specsAt(field.fields, `${field.path}.${ANY_NAME}`)] : [field],
  );
}

describe.each(supportedLanguages)('in %s', (language: Language) => {
  const texts = languages[language];
  test.each([
    ['settings', settings, texts.settings.form],
    ['alarms', [...alarmFields, ...alarmReceivers], texts.alarmSettings.form],
    ['handsets', handsetFields(true), texts.handsets.form],
    ['queues', queueFields, texts.queues.form],
    ['people', personFields.filter(({ path }) => path !== 'id'), texts.people.form],
    ['lines', lineFields, texts.lines.form],
    ['trunks', trunkFields, texts.trunks.form],
    ['callbacks', callbackFields, texts.settings.callbackForm],
    ['profiles', ofProfiles, texts.profiles],
    ['webhooks', pages['/webhooks']?.[1] ?? [], { fields: texts.integrations.webhooks.fields, options: {} }],
  ] as [string, readonly FieldSpec[], { fields: object; options: object }][])(
    'every field and option of %s has a name',
    (_, fields, form) => {
      const nameless = named(fields).filter(({ path }) => !Object.hasOwn(form.fields, path));
      expect(nameless.map(({ path }) => path)).toEqual([]);
      for (const field of named(fields)) {
        if (field.kind !== 'select' && field.kind !== 'radio') continue;
        if (field.path.endsWith('.method')) continue;
        const words = (form.options as Record<string, object>)[field.path] ?? {};
        expect(Object.keys(words).sort(), field.path).toEqual([...field.options].sort());
      }
    },
  );
});
