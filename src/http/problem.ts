import { CODE_OF_TITLE, type FieldCode, type ProblemCode, type ProblemTitle } from './problem-codes.js';
import type { Scope } from './route.js';

/** One invalid field of a request: its place and the remedy. */
export interface FieldProblem {
  /** `body.name`, `query.limit`, `header.content-type`. */
  field: string;
  detail: string;
  /** Machine-readable kind of the error, such as `too_small`; default: `invalid`. */
  code?: FieldCode | undefined;
  /** Values that a translation of the error names, such as `minimum`. */
  params?: Record<string, unknown> | undefined;
}

/**
 * An error response with its cause and remedy (RFC 9457, `application/problem+json`), thrown by handlers. `detail` is sent to the client
 * unchanged, so it must never contain a phone number, a digit or a token.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: ProblemTitle,
    readonly detail: string,
    readonly more: {
      errors?: FieldProblem[] | undefined;
      headers?: Record<string, string>;
      /** Machine-readable kind of the problem, such as `scope_missing`; default: that of the title. */
      code?: ProblemCode | undefined;
      /** Values that a translation of the detail names. */
      params?: Record<string, unknown> | undefined;
      /** Members beyond those of the RFC, such as `used_in`. */
      extra?: Record<string, unknown>;
    } = {},
  ) {
    super(`${title}: ${detail}`);
    this.name = 'Problem';
  }

  toJSON(): Record<string, unknown> {
    return {
      type: 'about:blank',
      title: this.title,
      status: this.status,
      detail: this.detail,
      code: this.more.code ?? CODE_OF_TITLE[this.title],
      params: this.more.params,
      errors: this.more.errors?.map(withCode),
      ...this.more.extra,
    };
  }
}

function withCode({ code = 'invalid', ...error }: FieldProblem): FieldProblem {
  return { ...error, code };
}

/** The request is well-formed, but the value of a field is invalid. */
export function invalid(errors: FieldProblem[]): Problem {
  const detail = errors.map((error) => `${error.field}: ${error.detail}`).join('; ');
  return new Problem(422, 'Invalid request', detail, { errors });
}

export function notFound(detail: string, code: ProblemCode = 'not_found'): Problem {
  return new Problem(404, 'Not found', detail, { code });
}

/** @param field the part of the request that needs the scope; left out when all of it does */
export function scopeMissing(scope: string, field?: string): Problem {
  const detail = `this needs a token with the scope ${scope}`;
  return new Problem(403, 'Forbidden', detail, {
    code: 'scope_missing',
    params: { scope },
    errors: field === undefined ? undefined : [{ field, detail, code: 'scope_missing', params: { scope } }],
    extra: { needed_scope: scope },
  });
}

/** @param scope with it, other handsets are allowed too */
export function notOwnHandset(scope?: Scope): Problem {
  const remedy = scope === undefined ? '' : `: for other handsets you need the scope ${scope}`;
  return new Problem(403, 'Forbidden', `this is not your handset${remedy}`, {
    extra: scope === undefined ? {} : { needed_scope: scope },
  });
}

export function conflict(detail: string, extra: Record<string, unknown> = {}, code: ProblemCode = 'conflict'): Problem {
  return new Problem(409, 'Conflict', detail, { code, extra });
}

export function tooLarge(field: string, maxBytes: number): Problem {
  const detail = `at most ${maxBytes} bytes are accepted here; send less`;
  return new Problem(413, 'Too large', detail, { errors: [{ field, detail }] });
}

export function unsupportedMediaType(expected: string, got: string | undefined): Problem {
  const detail = `send Content-Type: ${expected} (not ${got === undefined || got === '' ? 'nothing' : got.slice(0, 100)})`;
  return new Problem(415, 'Unsupported media type', detail, { errors: [{ field: 'header.content-type', detail }] });
}
