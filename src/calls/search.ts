import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import { isAssignable, toE164 } from '../directory/numbers.js';
import type { CallOutcomeName } from '../telephony/call-outcome.js';
import type { Page } from '../storage/newest-first.js';
import type { Tables } from '../storage/schema.js';
import { withoutIndex } from '../storage/sql.js';
import { searchedText } from './searched-text.js';

/** What a text of the search box means. */
export type CallText =
  /** Digits of one complete number; `text`: it may be the id of an order as well. */
  | { number: string; text: string }
  /** Parts of a number, any of which must occur. */
  | { parts: string[]; text: string };

export interface CallFilter extends Page {
  q?: CallText | undefined;
  /** E.164. */
  line?: string | undefined;
  direction?: 'incoming' | 'outgoing' | undefined;
  outcome?: CallOutcomeName | undefined;
  /** The last queue of the call. */
  queue?: number | undefined;
  /** Name of the handset that answered. */
  handset?: string | undefined;
  /** Id of the order that the call is about. */
  order?: string | undefined;
  /** Calls whose outside party waited longer (ms). */
  waitedOver?: number | undefined;
  hasRecording?: boolean | undefined;
  hasNote?: boolean | undefined;
  running?: boolean | undefined;
  /** Instant: calls that began then or later. */
  since?: number | undefined;
  /** Instant: calls that began before. */
  until?: number | undefined;
}

/**
 * Reads the text of a search: a number in any notation, a part of one, the id of an order, or a part of a note.
 * @param country ISO 3166 country of numbers without a country code
 */
export function readCallText(text: string, country: string): CallText {
  const trimmed = text.trim();
  const e164 = toE164(trimmed, country);
  if (e164 !== undefined && isAssignable(e164)) return { number: e164.slice(1), text: trimmed };
  const isNumber = /^\+?[\d\s()./-]+$/.test(trimmed);
  const digits = isNumber ? trimmed.replace(/\D/g, '') : '';
  const parts = [digits.replace(/^00/, ''), e164?.slice(1) ?? ''].filter((part) => part !== '');
  return { parts: [...new Set(parts)], text: trimmed };
}

/** Adds the conditions of the filter to a query on `calls`. */
export function matchingCalls<R>(
  query: SelectQueryBuilder<Tables, 'calls', R>,
  filter: CallFilter,
): SelectQueryBuilder<Tables, 'calls', R> {
  const {
    line,
    direction,
    outcome,
    queue,
    handset,
    order,
    waitedOver,
    hasRecording,
    hasNote,
    running,
    since,
    until,
    q,
  } = filter;
  const column = comparison(filter);
  let found = query;
  if (line !== undefined) found = found.where(column('calls.line'), '=', line);
  if (direction !== undefined) found = found.where(column('calls.direction'), '=', direction);
  if (outcome !== undefined) found = found.where(column('calls.outcome'), '=', outcome);
  if (queue !== undefined) found = found.where(column('calls.queue'), '=', queue);
  if (handset !== undefined)
    found = found.where(column('calls.agent_kind'), '=', 'handset').where(column('calls.agent'), '=', handset);
  if (order !== undefined) found = found.where(column('calls.order_id'), '=', order);
  if (waitedOver !== undefined) found = found.where('calls.waited_ms', '>', waitedOver);
  if (hasRecording !== undefined) found = found.where('calls.recorded', '=', hasRecording ? 1 : 0);
  if (hasNote !== undefined) found = found.where(hasNote ? HAS_NOTE : sql<boolean>`not ${HAS_NOTE}`);
  // Must be a literal: otherwise the partial index does not apply.
  if (running !== undefined) found = found.where(sql<boolean>`calls.over = ${sql.lit(running ? 0 : 1)}`);
  if (since !== undefined) found = found.where('calls.started_at', '>=', since);
  if (until !== undefined) found = found.where('calls.started_at', '<', until);
  return q === undefined ? found : found.where(matchesText(q));
}

/**
 * How conditions name a column. A single condition is answered by its own index, which has the calls in order. Several conditions, and
 * parts of numbers, are answered by one scan of `calls_by_time`, which has every searched column: rows of
 * another index would have to be looked up one by one.
 */
function comparison(filter: CallFilter): (column: string) => RawBuilder<unknown> {
  const { line, direction, outcome, queue, handset, order, waitedOver, hasRecording, q } = filter;
  const all = [line, direction, outcome, queue, handset, order, waitedOver, hasRecording, q];
  const scans = all.filter((each) => each !== undefined).length > 1;
  return (column) => (scans ? withoutIndex(column) : sql.ref(column));
}

const HAS_NOTE = sql<boolean>`exists (select 1 from call_notes where call_id = calls.id and text <> '')`;

function matchesText(q: CallText): RawBuilder<boolean> {
  if ('number' in q)
    return sql<boolean>`calls.id in (select id from calls where number = ${q.number} union all select id from calls where order_id = ${q.text}
      union all ${notesWith(q.text)})`;
  const parts = q.parts.map((part) => sql`instr(calls.number, ${part}) > 0`);
  const others = [sql`calls.order_id = ${q.text}`, sql`calls.id in (${notesWith(q.text)})`];
  return sql<boolean>`(${sql.join([...parts, ...others], sql` or `)})`;
}

function notesWith(text: string): RawBuilder<string> {
  return sql<string>`select call_id from call_notes where instr(searched, ${searchedText(text)}) > 0`;
}
