import { invalid, notFound, Problem, type FieldProblem } from './problem.js';

/** When a client may try again what could not be done for lack of Asterisk, of the database or of room for a call. */
const RETRY_AFTER_S = 2;

/**
 * Why a feature does not do what was asked.
 * - `bad_request`: a value cannot be used. `refused`: it is not allowed.
 * - `conflict`: the state of the thing does not allow it now. `unavailable`: trying again later can help.
 */
export type RefusalReason = 'bad_request' | 'not_found' | 'conflict' | 'refused' | 'unavailable';

/** The HTTP answer to a refusal. @param errors the fields that it is about, as the client knows them */
export function refusalProblem(why: RefusalReason, detail: string, errors?: FieldProblem[]): Problem {
  const fields = errors?.length ? { errors } : {};
  switch (why) {
    case 'bad_request':
      return errors?.length ? invalid(errors) : new Problem(422, 'Invalid request', detail);
    case 'not_found':
      return notFound(detail);
    case 'conflict':
      return new Problem(409, 'Conflict', detail, fields);
    case 'refused':
      return new Problem(403, 'Forbidden', detail, errors && { errors });
    case 'unavailable':
      return new Problem(503, 'Unavailable', detail, { ...fields, headers: { 'retry-after': String(RETRY_AFTER_S) } });
  }
}

/** For each reason of a feature's own: what it means over HTTP, and the field that it is about. */
export type RefusalTable<Why extends string> = Readonly<Record<Why, readonly [reason: RefusalReason, field?: string]>>;

/** The HTTP answer to a refusal whose reason `table` explains. */
export function tabledProblem<Why extends string>(
  table: RefusalTable<Why>,
  { why, detail }: { why: Why; detail: string },
): Problem {
  const [reason, field] = table[why];
  return refusalProblem(reason, detail, field === undefined ? undefined : [{ field, detail }]);
}

/** The fields of a JSON body that a refusal is about. */
export function bodyErrors({ field, detail }: { field?: string | undefined; detail: string }): FieldProblem[] {
  return field === undefined ? [] : [{ field: `body.${field}`, detail }];
}
