/** One thing that is wrong with a request: where, and what to do about it. */
export interface FieldProblem {
  /** `body.name`, `query.limit`, `header.content-type`. */
  field: string;
  detail: string;
}

/**
 * An answer that says what went wrong and what to do about it (RFC 9457, `application/problem+json`). Thrown by
 * handlers; `detail` goes to the client as it is, so it never holds a number, a digit or a token.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: {
      errors?: FieldProblem[];
      headers?: Record<string, string>;
      /** Members of the problem document beyond those of the RFC, such as `used_in`. */
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
      ...(this.more.errors && { errors: this.more.errors }),
      ...this.more.extra,
    };
  }
}

/** The request is understood and well-formed, but a field's value cannot be used. */
export function invalid(errors: FieldProblem[]): Problem {
  const detail = errors.map((error) => `${error.field}: ${error.detail}`).join('; ');
  return new Problem(422, 'Invalid request', detail, { errors });
}

export function notFound(detail: string): Problem {
  return new Problem(404, 'Not found', detail);
}

export function conflict(detail: string, extra: Record<string, unknown> = {}): Problem {
  return new Problem(409, 'Conflict', detail, { extra });
}

export function tooLarge(field: string, maxBytes: number): Problem {
  const detail = `at most ${maxBytes} bytes are accepted here; send less`;
  return new Problem(413, 'Too large', detail, { errors: [{ field, detail }] });
}

export function unsupportedMediaType(expected: string, got: string | undefined): Problem {
  const detail = `send Content-Type: ${expected} (not ${got === undefined || got === '' ? 'nothing' : got.slice(0, 100)})`;
  return new Problem(415, 'Unsupported media type', detail, { errors: [{ field: 'header.content-type', detail }] });
}
