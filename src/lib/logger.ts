import { pino, type DestinationStream, type Logger } from 'pino';
import { loggedCall } from './log-call.js';
import { LogDestination } from './log-destination.js';
import { CONTENT_FIELDS, PERSONAL_FIELDS, SECRET_FIELDS } from './sensitive-fields.js';

export type { Logger } from 'pino';

/** Nesting depth up to which fields are redacted. */
const DEPTH = 3;

/** Paths in pino's notation. Only these names are redacted: phone numbers, digits and tokens must be logged under them. */
const redactedPaths = [...PERSONAL_FIELDS, ...SECRET_FIELDS, ...CONTENT_FIELDS].flatMap((field) =>
  Array.from({ length: DEPTH + 1 }, (_, depth) => pathAt(field, depth)),
);

/** Creates a logger that writes JSON lines to standard output or to `destination`. Lines about a call have its id as `call`. */
export function createLogger(
  options: { level: string },
  destination: DestinationStream = new LogDestination(),
): Logger {
  const redact = { paths: redactedPaths, censor: '[redacted]' };
  return pino({ level: options.level, base: null, redact, mixin: callOfLine }, destination);
}

function callOfLine(): { call?: string } {
  const call = loggedCall();
  return call === undefined ? {} : { call };
}

function pathAt(field: string, depth: number): string {
  const above = Array.from({ length: depth }, () => '*').join('.');
  if (field.includes('-')) return `${above}["${field}"]`;
  return depth === 0 ? field : `${above}.${field}`;
}
