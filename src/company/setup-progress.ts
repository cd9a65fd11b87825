import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import type { Database } from '../storage/database.js';
import { readMeta, writeMeta } from '../storage/meta.js';
import { handsetName, language } from '../directory/schema.js';
import { partName } from './plan-words.js';
import { hoursSchema } from './hours-schema.js';

/** Entry of `meta` with the progress as JSON. */
const META_KEY = 'setup_progress';

const text = z.string().max(500);
const promptChoice = z.strictObject({
  kind: z.enum(['shipped', 'spoken']),
  text: text.optional().describe('Of a spoken prompt'),
});

const weeklyHours = hoursSchema.pick({ weekly: true }).extend({
  holidays: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Country whose public holidays are closed days'),
});

/** Answers that the configuration does not show, as far as they were given. */
const answersSchema = z
  .strictObject({
    language: language.optional().describe('Of the prompts'),
    kind: z.enum(['plain', 'shop', 'taxi']).optional(),
    shop_url: text.optional().describe('Where calls about orders are handed over to'),
    remove_example: z.boolean().optional(),
    trunk: z.enum(['provider', 'demo', 'later']).optional(),
    provider: z.strictObject({ server: text, user: text, registers: z.boolean() }).optional(),
    number: z.string().max(40).optional().describe('Of the line'),
    name: z.string().max(80).optional().describe('Of the company, and of the line'),
    hours: z.union([z.literal('always'), weeklyHours]).optional(),
    answered_by: z.enum(['browser', 'phone']).optional(),
    prompts: z.partialRecord(z.enum(['greeting', 'closed', 'nobody']), promptChoice).optional(),
  })
  .meta({ id: 'SetupAnswers' });

const madeSchema = z.strictObject({
  prompts: z.record(z.string().max(40), z.number().int().positive()).describe('Id by purpose').default({}),
  queue: z.number().int().positive().optional(),
  handset: handsetName.optional(),
  test_handset: handsetName.optional(),
  part: partName.optional(),
});

const progressSchema = z.strictObject({
  state: z.enum(['open', 'finished', 'dismissed']),
  step: z.string().max(40).optional().describe('The step that was open last'),
  answers: answersSchema,
  made: madeSchema.describe('Items of the configuration that the set-up has made'),
});

const progressAnswer = progressSchema.extend({
  state: z.enum(['new', 'open', 'finished', 'dismissed']).describe('new: it was never begun'),
  account_exists: z.boolean().describe('Whether an operator has a password'),
});

export type SetupAnswers = z.output<typeof answersSchema>;
export type SetupMade = z.output<typeof madeSchema>;

const NEW = { state: 'new', answers: {}, made: { prompts: {} } } as const;

/** `/api/v1/setup`: how far the set-up of the company is, so that it can be continued in another browser. */
export function setupProgressRoutes({ db, hasAccount }: { db: Database; hasAccount: () => boolean }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/setup',
      scope: 'config:read',
      summary: 'How far the set-up of the company is',
      answers: { 200: { description: 'The progress', schema: progressAnswer } },
      async handle() {
        const stored = progressSchema.safeParse(JSON.parse((await readMeta(db, META_KEY)) ?? 'null'));
        const progress = stored.success ? stored.data : NEW;
        return json({ ...progress, account_exists: hasAccount() });
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/setup',
      scope: 'config:write',
      summary: 'Stores how far the set-up of the company is; the configuration itself is changed by its own routes',
      body: progressSchema,
      answers: { 200: { description: 'Stored', schema: progressSchema } },
      async handle({ body }) {
        await writeMeta(db, META_KEY, JSON.stringify(body));
        return json(body);
      },
    }),
  ];
}
