import type { Answer } from '../../../http/answer.js';
import type { Problem } from '../../../http/problem.js';
import type { ControlProfile } from './profile.js';
import type { Fields } from '../../shared/input.js';
import { xmlOfErrors, xmlOfItem, xmlOfList } from './xml-write.js';

export type Format = 'xml' | 'json';

/** The response of a call, before it is formatted. */
export type Reply =
  { item: string; fields: Fields } | { list: string; item: string; items: Fields[] } | { file: Answer };

export const DONE: Reply = { item: 'result', fields: { ok: true } };

type Style = Pick<ControlProfile, 'rename' | 'empty_list' | 'json_root'>;

const TYPE = {
  xml: 'application/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
} satisfies Record<Format, string>;

export function answerOf(reply: Reply, format: Format, style: Style): Answer {
  if ('file' in reply) return reply.file;
  return { status: 200, headers: { 'content-type': TYPE[format] }, body: write(reply, format, style) };
}

/** The same error in every format: cause and field. */
export function problemReply(problem: Problem, format: Format): Answer {
  const { errors } = problem.more;
  const words = errors?.map(({ field, detail }) => `${field}: ${detail}`) ?? [problem.detail];
  const body = format === 'json' ? JSON.stringify({ errors: words }) : xmlOfErrors(words);
  return { status: problem.status, headers: { ...problem.more.headers, 'content-type': TYPE[format] }, body };
}

function write(reply: Exclude<Reply, { file: Answer }>, format: Format, style: Style): string {
  const named = (fields: Fields) => renamed(fields, style.rename) as Fields;
  const json = (fields: Fields) => (style.json_root ? { [reply.item]: named(fields) } : named(fields));
  if ('items' in reply) {
    if (format === 'json') return JSON.stringify(reply.items.map(json));
    return xmlOfList(reply.list, reply.item, reply.items.map(named), { emptyList: style.empty_list });
  }
  return format === 'json' ? JSON.stringify(json(reply.fields)) : xmlOfItem(reply.item, named(reply.fields));
}

/** Settings of steps are the words of the plan and are not renamed. */
function renamed(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      names[name] ?? name,
      name === 'settings' ? each : renamed(each, names),
    ]),
  );
}
