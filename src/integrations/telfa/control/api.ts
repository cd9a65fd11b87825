import { DateTime } from 'luxon';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { maskNumber } from '../../../lib/mask.js';
import { formatNumber } from '../../../directory/numbers.js';
import { profileChanges } from '../../../directory/profiles.js';
import type { Answer } from '../../../http/answer.js';
import { ANY } from '../../../http/body.js';
import { defaultLimits } from '../../../http/limits.js';
import { invalid, notFound, Problem } from '../../../http/problem.js';
import { RateLimit } from '../../../http/rate-limit.js';
import { asProblem, logFailure } from '../../../http/respond.js';
import { route, type Identity, type Request, type Route } from '../../../http/route.js';
import type { Clock } from '../../../lib/clock.js';
import type { Company } from '../../../company/company.js';
import { readBytes, Strangers, tooMany } from '../../shared/strangers.js';
import { telfaProfile, type TelfaProfile } from '../profile.js';
import { MAX_BODY_BYTES, readBody, readQuery, type Input } from './body.js';
import { ControlLogin, type ControlDoors } from './login.js';
import { areasOf, findCall, formatOf, splitPath, type MatchedCall } from './paths.js';
import type { Context, ControlPorts } from './ports.js';
import { answerOf, problemAnswer, type Format } from './reply.js';
import type { Row } from './endpoint.js';
import { rows } from './endpoints/index.js';

const INTERRUPT = 'interrupt';

/** What a route of the facade hands to its handler in place of path parameters. */
interface Found {
  /** Undefined: no call has this path. */
  way: MatchedCall | undefined;
  underCalls: boolean;
  format: Format;
}

interface ControlApiOptions {
  ports: ControlPorts;
  doors: ControlDoors;
  clock: Clock;
}

/**
 * Telfa's control API (docs/control-api.md): finds which call a request is for, reads it, asks who it is from, and answers
 * in the format asked for, errors included. What a call does stands in `rows/`.
 */
export class ControlApi {
  readonly #routes = new Map(rows.map((row) => [row, this.#routeOf(row.method, row.path, `Telfa: ${row.name}`)]));
  readonly #unknown = this.#routeOf('POST', '/telfa/*', 'Telfa: no such call');
  readonly #areas = areasOf(rows);
  readonly #login: ControlLogin;
  readonly #strangers: Strangers;
  readonly #requests: RateLimit;
  #profile: { of: Company; profile: TelfaProfile } | undefined;

  constructor(private readonly options: ControlApiOptions) {
    const { requestsPerSecond, requestBurst } = defaultLimits;
    const { clock, doors } = options;
    this.#requests = new RateLimit({ perSecond: requestsPerSecond, burst: requestBurst, clock });
    this.#login = new ControlLogin(doors, clock);
    this.#strangers = new Strangers(clock);
  }

  /** The route for a request that is this API's; undefined for any other. */
  find(method: string, url: string, headers: IncomingHttpHeaders): { route: Route; params: unknown } | undefined {
    const { path, ending } = splitPath(url.split('?')[0] ?? '');
    const format = ending ?? formatOf(headers);
    if (format === undefined) return undefined;
    const way = findCall(method, path, rows, this.#profileNow().control.paths);
    const underCalls = method === 'POST' && /^\/calls(\/|$)/.test(path);
    // Nothing else of the gateway speaks XML: who asks for it is answered in it, whatever the path.
    const isOurs =
      underCalls || ending === 'xml' || (ending !== undefined && this.#areas.has(path.split('/')[1] ?? ''));
    if (way === undefined && !isOurs) return undefined;
    const found = (way && this.#routes.get(way.row)) ?? this.#unknown;
    return { route: found, params: { way, underCalls, format } satisfies Found };
  }

  #routeOf(method: Route['method'], path: string, summary: string): Route {
    return route({
      method,
      path,
      // Who asks is found out here, in this API's own ways; nothing is done for nobody.
      scope: 'public',
      ownLogin: true,
      summary,
      params: z.custom<Found>(),
      upload: { types: [ANY], maxBytes: Number.POSITIVE_INFINITY },
      handle: (request) => this.#answer(request, request.params),
    });
  }

  async #answer(request: Request, found: Found): Promise<Answer> {
    const { way, format } = found;
    try {
      return await this.#carryOut(request, found);
    } catch (error) {
      logFailure(request.log, error, { call: way?.row.name }, 'a control request failed');
      return problemAnswer(asProblem(error, request.id), format);
    }
  }

  async #carryOut(request: Request, found: Found): Promise<Answer> {
    const { company } = this.options.ports.companies;
    const profile = this.#profileNow();
    const { input, who } = await this.#admit(request);
    const { row, params } = chosen(found, input);
    request.log.debug({ call: row.name, who: who.name }, 'control request');
    requireScope(row, who);
    const fields = read(row, { ...renamedBack(input.fields, profile.control.rename), ...params });
    const context = this.#context(request, who, company, profile);
    return answerOf(await row.handle(fields, context), found.format, profile.control);
  }

  /** Whose request it is, and what it brings. A body is read after the login, unless it may hold the login. */
  async #admit(request: Request): Promise<{ input: Input; who: Identity }> {
    const query = readQuery(request.url.split('?')[1] ?? '');
    const early = await this.#login.early(request, query.fields);
    if (early) this.#take(early);
    const bytes = await (early ? readBytes(request.stream, MAX_BODY_BYTES) : this.#strangers.read(request));
    const body = readBody(bytes, request.headers['content-type']);
    const who = early ?? this.#login.byBody(request, body.fields);
    if (!early) {
      this.#strangers.known(request.address);
      this.#take(who);
    }
    return { input: { root: body.root ?? query.root, fields: { ...query.fields, ...body.fields } }, who };
  }

  #take(who: Identity): void {
    const waitS = this.#requests.take(who.name);
    if (waitS > 0) throw tooMany(waitS);
  }

  #context({ headers }: Request, who: Identity, company: Company, profile: TelfaProfile): Context {
    const can: Context['can'] = (scope) => who.scopes.includes(scope);
    const line: Context['line'] = (e164) => formatNumber(e164, profile.numbers, company.country);
    return {
      ports: this.options.ports,
      who,
      company,
      profile: profile.control,
      headers,
      can,
      line,
      number: (e164) => (can('numbers:read') ? line(e164) : maskNumber(e164)),
      instant: (at) => (at === null ? null : DateTime.fromMillis(at, { zone: company.time_zone }).toISO()),
    };
  }

  #profileNow(): TelfaProfile {
    const { company } = this.options.ports.companies;
    if (this.#profile?.of !== company)
      this.#profile = { of: company, profile: telfaProfile.parse(profileChanges(company.profiles, 'telfa')) };
    return this.#profile.profile;
  }
}

/** The ✕ is taken wherever it comes: its path at Telfa is not public, its element is. */
function chosen({ way, underCalls }: Found, { root }: Input): MatchedCall {
  const interrupt = rows.find(({ name }) => name === INTERRUPT);
  if (interrupt && underCalls && root === interrupt.root) return { row: interrupt, params: {} };
  if (way) return way;
  throw notFound('there is no such call of this API; docs/control-api.md lists what there is');
}

function requireScope({ scope }: Row, who: Identity): void {
  if (who.scopes.includes(scope)) return;
  throw new Problem(403, 'Forbidden', `this login may not do that: it needs the scope ${scope}`);
}

function renamedBack(
  fields: Record<string, unknown>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const ours = new Map(Object.entries(names).map(([name, renamed]) => [renamed, name]));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [ours.get(name) ?? name, value]));
}

/** @throws {Problem} 422 that names each wrong field */
function read(row: Row, fields: Record<string, unknown>): unknown {
  const filled = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  const parsed = row.input.safeParse(Object.fromEntries(filled));
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', detail: message })),
  );
}
