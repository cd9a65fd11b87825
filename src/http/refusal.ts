import type { FieldCode, ProblemCode } from './problem-codes.js';
import { invalid, notFound, Problem, type FieldProblem } from './problem.js';

/** Seconds until a retry, when Asterisk, the database or a free call slot is missing. */
const RETRY_AFTER_S = 2;

/**
 * Why a feature refuses a request.
 * - `bad_request`: a value is invalid. `refused`: it is not allowed.
 * - `conflict`: the current state does not allow it. `unavailable`: a later retry may succeed.
 */
export type RefusalReason = 'bad_request' | 'not_found' | 'conflict' | 'refused' | 'unavailable';

/** The HTTP response to a refusal. @param errors the invalid fields, by the client's names */
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

/** Maps each reason of one feature to its HTTP meaning and to the field at fault. */
export type RefusalTable<Why extends ProblemCode & FieldCode> = Readonly<
  Record<Why, readonly [reason: RefusalReason, field?: string]>
>;

/** The problem response for a refusal that `table` explains. */
export function tabledProblem<Why extends ProblemCode & FieldCode>(
  table: RefusalTable<Why>,
  { why, detail }: { why: Why; detail: string },
): Problem {
  const [reason, field] = table[why];
  const { status, title, more } = refusalProblem(
    reason,
    detail,
    field === undefined ? undefined : [{ field, detail, code: why }],
  );
  return new Problem(status, title, detail, { ...more, code: why });
}

/** The fields of a JSON body that a refusal names. */
export function bodyErrors({ field, detail, code }: Partial<FieldProblem> & { detail: string }): FieldProblem[] {
  return field === undefined ? [] : [{ field: `body.${field}`, detail, code }];
}
