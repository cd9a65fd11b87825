/** One invalid field of a request: its place and the remedy. */
export interface FieldProblem {
  /** `body.name`, `query.limit`, `header.content-type`. */
  field: string;
  detail: string;
}

/**
 * An error response with its cause and remedy (RFC 9457, `application/problem+json`), thrown by handlers. `detail` is sent to the client
 * unchanged, so it must never contain a phone number, a digit or a token.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: {
      errors?: FieldProblem[];
      headers?: Record<string, string>;
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
      errors: this.more.errors,
      ...this.more.extra,
    };
  }
}

/** The request is well-formed, but the value of a field is invalid. */
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
