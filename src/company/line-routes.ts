import { z } from 'zod';
import { findLine } from '../directory/caller.js';
import { asE164, formatNational, toE164 } from '../directory/numbers.js';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { Company, Line } from './company.js';
import { planDocument } from './document/format.js';
import { maskedDocument } from './document/masked.js';
import { lineSetup } from './line-setup.js';

const queueAnswer = z.object({ id: z.number().int(), name: z.string() });

const lineAnswer = z
  .object({
    number: z.string().describe('E.164'),
    national: z.string().describe('As people of the company’s country write it'),
    name: z.string(),
    branch: z.string().nullable().describe('The branch that it belongs to'),
    tariff: z.string().nullable().describe('Default tariff of orders that come in on it'),
    caller_id: z.string().describe('Shown to numbers that are called on behalf of this line, E.164'),
    time_zone: z.string().describe('IANA name'),
    language: z.string().describe('The first of `languages`'),
    languages: z.array(z.string()).describe('Languages of prompts, in the order in which they are tried'),
    queue: queueAnswer.nullable().describe('Where its callers find an operator'),
    queues: z.array(queueAnswer).describe('All queues that its plan can lead to'),
    handset_labels: z.array(z.object({ label: z.string(), queue: z.number().int() })),
    plan: z
      .array(z.unknown())
      .describe('Its actions, as in the company’s document; numbers are masked without the scope numbers:read'),
  })
  .meta({ id: 'Line' });

type LineAnswer = z.output<typeof lineAnswer>;

/** `/api/v1/lines`: the directory of lines; with it a dispatch system knows branch and tariff of a call before anybody answers. */
export function lineRoutes(company: () => Company): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/lines',
      scope: 'lines:read',
      summary: 'The company’s lines: branch, default tariff, caller ID, time zone, languages, queue and plan of each',
      query: z.strictObject({ branch: z.string().max(80).optional() }),
      answers: { 200: { description: 'Lines', schema: z.object({ lines: z.array(lineAnswer) }) } },
      handle: ({ query: { branch }, can }) => {
        const { lines } = company();
        const wanted = lines.filter((line) => branch === undefined || line.branch === branch);
        return json({ lines: wanted.map((line) => presentLine(company(), line, can('numbers:read'))) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/lines/:number',
      scope: 'lines:read',
      summary: 'The line of a number, in any form: +420222333444, 00420222333444, 222333444',
      params: z.object({ number: z.string().max(40) }),
      answers: { 200: { description: 'The line', schema: lineAnswer } },
      handle: ({ params: { number }, can }) => {
        const { lines, country } = company();
        const line = findLine(lines, number, country);
        if (line === undefined) throw notFound('none of the company’s lines has this number');
        return json(presentLine(company(), line, can('numbers:read')));
      },
    }),
  ];
}

function presentLine(company: Company, line: Line, seesNumbers: boolean): LineAnswer {
  const number = asE164(line.number, company.country);
  const languages = line.languages ?? company.languages;
  const setup = lineSetup(company, line.number);
  const queue = company.queues.find(({ id }) => id === line.queue);
  return {
    number,
    national: formatNational(number, company.country),
    name: line.name,
    branch: line.branch ?? null,
    tariff: line.tariff ?? null,
    caller_id: toE164(line.caller_id ?? line.number, company.country) ?? number,
    time_zone: line.time_zone ?? company.time_zone,
    language: languages[0] ?? '',
    languages,
    queue: queue === undefined ? null : { id: queue.id, name: queue.name },
    queues: setup?.queues ?? [],
    handset_labels: setup?.handsets ?? [],
    plan: seesNumbers ? planDocument(line.plan) : maskedDocument(planDocument(line.plan)),
  };
}
