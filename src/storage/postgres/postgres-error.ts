import { messageOf } from '../../lib/error-message.js';

/**
 * `UNREACHABLE`: no connection, or it was lost. `BUSY`: another transaction or too many connections. `FULL`: the server's disk.
 * `READ_ONLY`: a replica, or a server that was set so. `CONSTRAINT`: the server refuses the values. `REFUSED`: user, password or database. `UNTRUSTED`: its certificate, or it has none.
 */
type Kind = 'UNTRUSTED' | 'UNREACHABLE' | 'BUSY' | 'FULL' | 'READ_ONLY' | 'CONSTRAINT' | 'REFUSED' | 'ERROR';

export type PostgresErrorCode = `POSTGRES_${Kind}`;

/** An error of PostgreSQL or of the connection to it. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';

  constructor(
    readonly code: PostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** By SQLSTATE, or by its class (the first two characters): https://www.postgresql.org/docs/15/errcodes-appendix.html */
const KINDS: Record<string, Kind> = {
  '08': 'UNREACHABLE',
  '57': 'UNREACHABLE',
  '25P03': 'UNREACHABLE',
  '40': 'BUSY',
  '53': 'BUSY',
  '55': 'BUSY',
  '53100': 'FULL',
  '58': 'FULL',
  '25006': 'READ_ONLY',
  '22': 'CONSTRAINT',
  '23': 'CONSTRAINT',
  '54': 'CONSTRAINT',
  '28': 'REFUSED',
  '3D': 'REFUSED',
  '42501': 'REFUSED',
};

/** Of Node.js (https://nodejs.org/api/tls.html#x509-certificate-error-codes), and of the driver. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|does not support SSL/;

const SQL_STATE = /^[0-9A-Z]{5}$/;

/** Converts an error of the driver. */
export function postgresErrorOf(error: unknown): PostgresError {
  if (error instanceof PostgresError) return error;
  const { code = '' } = error as { code?: string };
  // Whatever is no answer of the server is an error of the connection.
  const message = messageOf(error) || code || 'no answer';
  const kind = SQL_STATE.test(code)
    ? (KINDS[code] ?? KINDS[code.slice(0, 2)] ?? 'ERROR')
    : UNTRUSTED.test(`${code} ${message}`)
      ? 'UNTRUSTED'
      : 'UNREACHABLE';
  return new PostgresError(`POSTGRES_${kind}`, `PostgreSQL: ${message}`, { cause: error });
}
