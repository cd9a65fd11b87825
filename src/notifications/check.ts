import { findLine } from '../directory/caller.js';
import { judgeNumber, INVALID_NUMBER, toCallable } from '../directory/dial-rules.js';
import { asE164 } from '../directory/numbers.js';
import type { DialPolicySettings } from '../directory/schema.js';
import type { Instant } from '../lib/clock.js';
import { isTimeZone } from '../lib/time-zone.js';
import { callbackProblem } from '../webhooks/callbacks.js';
import type { Callback } from '../webhooks/schema.js';
import type { NotificationLimits } from './decide.js';
import type { NotificationRefusal, NotificationRequest } from './port.js';
import type { NotificationSettings } from './schema.js';
import type { Terms } from './terms.js';
import { compact } from '../lib/compact.js';

/** The parts of the company document that notifications read. */
export interface NotifyingCompany {
  country: string;
  time_zone: string;
  languages: string[];
  dial_policy: DialPolicySettings;
  lines: readonly NotifyingLine[];
  notifications: NotificationSettings;
  callbacks: readonly Callback[];
}

interface NotifyingLine {
  number: string;
  time_zone?: string | undefined;
  languages?: string[] | undefined;
  trunk?: string | undefined;
  /** The queue in which operators answer this line. */
  queue?: number | undefined;
}

/** A validated request with its defaults filled in. */
export interface ValidRequest {
  /** E.164. */
  to: string;
  line: NotifyingLine;
  /** E.164. */
  lineNumber: string;
  expiresAt: Instant;
  terms: Terms;
}

export function limitsOf({ max_concurrent, per_minute, trunks }: NotificationSettings): NotificationLimits {
  const own = Object.entries(trunks).map(([name, caps]) => [
    name,
    compact({ maxConcurrent: caps.max_concurrent, perMinute: caps.per_minute }),
  ]);
  return {
    maxConcurrent: max_concurrent,
    perMinute: per_minute,
    trunks: Object.fromEntries(own) as NotificationLimits['trunks'],
  };
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Validates a request and fills in its defaults. Pure. */
export function validateRequest(
  request: NotificationRequest,
  company: NotifyingCompany,
  now: Instant,
): ValidRequest | NotificationRefusal {
  const { country, notifications: settings } = company;
  const to = toCallable(request.to, company.dial_policy, country);
  if (to === undefined) return { ...badRequest('to', INVALID_NUMBER), code: 'bad_number' };
  const verdict = judgeNumber(to, company.dial_policy, country);
  if (!verdict.allowed) return { ok: false, why: 'refused', field: 'to', code: 'refused', detail: verdict.reason };
  const line = request.line === undefined ? company.lines[0] : findLine(company.lines, request.line, country);
  if (line === undefined) return badRequest('line', 'there is no such line; name one of the company’s lines');
  const problem =
    windowProblem(request.window) ??
    optionsProblem(request.options, operatorQueue(line, settings)) ??
    addressProblem(request.callbackUrl, company);
  if (problem !== undefined) return problem;
  const expiresAt = request.expiresAt ?? now + settings.expires_after;
  const terms = termsOf(request, settings, line.time_zone ?? company.time_zone);
  return { to, line, lineNumber: asE164(line.number, country), expiresAt, terms };
}

function termsOf(request: NotificationRequest, settings: NotificationSettings, timeZone: string): Terms {
  const { details, template, vars, prompts, callbackUrl } = request;
  const { retry, input } = settings;
  return compact({
    details,
    template,
    vars,
    prompts,
    options: request.options ?? settings.options,
    input: request.input ?? { timeoutMs: input.timeout, tries: input.tries },
    ringMs: settings.ring_timeout,
    retry: request.retry ?? {
      maxAttempts: retry.max_attempts,
      intervalMs: retry.interval,
      backoff: retry.backoff,
      on: retry.on,
    },
    window: request.window ?? windowOf(settings, timeZone),
    callbackUrl,
  });
}

/** The queue for the key `connect_operator`: the line's own queue, else the company's `operator_queue`. */
export function operatorQueue(line: NotifyingLine | undefined, settings: NotificationSettings): number | undefined {
  return line?.queue ?? settings.operator_queue;
}

function windowOf({ window }: NotificationSettings, timeZone: string): Terms['window'] {
  if (window === undefined) return null;
  const { from, to, time_zone = timeZone, policy } = window;
  return { from, to, timeZone: time_zone, policy };
}

function windowProblem(window: NotificationRequest['window']): NotificationRefusal | undefined {
  if (window === undefined) return undefined;
  if (!isTimeZone(window.timeZone))
    return badRequest('window.tz', 'not an IANA time zone; write one such as Europe/Prague');
  if (!TIME.test(window.from)) return badRequest('window.from', 'a time such as 08:00');
  if (!TIME.test(window.to) && window.to !== '24:00') return badRequest('window.to', 'a time such as 20:00');
  return undefined;
}

function optionsProblem(
  options: NotificationRequest['options'] = [],
  queue: number | undefined,
): NotificationRefusal | undefined {
  const digits = options.map(({ digit }) => digit);
  const twice = digits.findIndex((digit, index) => digits.indexOf(digit) < index);
  if (twice >= 0) return badRequest(`options.${twice}.digit`, 'the key is given twice; give each key once');
  const wrong = digits.findIndex((digit) => !/^[0-9*#]$/.test(digit));
  if (wrong >= 0) return badRequest(`options.${wrong}.digit`, 'one key: 0-9, * or #');
  const operator = options.findIndex(({ action }) => action === 'connect_operator');
  if (operator >= 0 && queue === undefined)
    return badRequest(
      `options.${operator}.action`,
      'the line has no queue and the company no notifications.operator_queue; set one of them first',
    );
  return undefined;
}

function addressProblem(url: string | undefined, { callbacks }: NotifyingCompany): NotificationRefusal | undefined {
  const problem = url === undefined ? undefined : callbackProblem(url, callbacks);
  return problem === undefined ? undefined : badRequest('callback_url', problem);
}

export function badRequest(field: string, detail: string): NotificationRefusal {
  return { ok: false, why: 'bad_request', field, detail };
}
