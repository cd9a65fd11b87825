import type { LoginReports } from '../../../http/address-bans.js';
import { DateTime } from 'luxon';
import type { IncomingHttpHeaders } from 'node:http';
import { maskNumber } from '../../../lib/mask.js';
import { formatNumber } from '../../../directory/numbers.js';
import { profileChanges } from '../../../directory/profiles.js';
import { actAs } from '../../../http/actor.js';
import type { Answer } from '../../../http/answer.js';
import { invalid, notFound } from '../../../http/problem.js';
import { asProblem, logFailure } from '../../../http/respond.js';
import type { Identity, Request, Route } from '../../../http/route.js';
import type { Clock } from '../../../lib/clock.js';
import type { Company } from '../../../company/company.js';
import { facadeRoute, FacadeLimits, readOncePerCompany, requireScope } from '../../shared/facade.js';
import { readBytes } from '../../shared/strangers.js';
import { telfaProfile, type TelfaProfile } from '../profile.js';
import { MAX_BODY_BYTES, readBody, inputOfQuery, type Input } from './body.js';
import { ControlLogin, type ControlDoors } from './login.js';
import { areasOf, findCall, formatOf, splitPath, type MatchedCall } from './paths.js';
import type { Context, ControlPorts } from './ports.js';
import { answerOf, problemReply, type Format } from './reply.js';
import type { Endpoint } from './endpoint.js';
import { rows } from './endpoints/index.js';

const INTERRUPT = 'interrupt';

/** Passed to the handler in place of path parameters. */
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
  bans?: LoginReports;
}

/**
 * Telfa's control API (docs/control-api.md): matches the call, authenticates, reads the fields, and responds in the requested format,
 * errors included. The calls themselves are in `endpoints/`.
 */
export class ControlApi {
  readonly #routes = new Map(rows.map((row) => [row, this.#routeOf(row.method, row.path, `Telfa: ${row.name}`)]));
  readonly #unknown = this.#routeOf('POST', '/telfa/*', 'Telfa: no such call');
  readonly #areas = areasOf(rows);
  readonly #login: ControlLogin;
  readonly #limits: FacadeLimits;
  readonly #profileNow = readOncePerCompany(
    () => this.options.ports.companies.company,
    ({ profiles }): TelfaProfile => telfaProfile.parse(profileChanges(profiles, 'telfa')),
  );

  constructor(private readonly options: ControlApiOptions) {
    const { clock, doors, bans } = options;
    this.#limits = new FacadeLimits(clock, bans);
    this.#login = new ControlLogin(doors, this.#limits);
  }

  /** The route of a control API request; undefined for any other request. */
  find(method: string, url: string, headers: IncomingHttpHeaders): { route: Route; params: unknown } | undefined {
    const { path, ending } = splitPath(url.split('?')[0] ?? '');
    const format = ending ?? formatOf(headers);
    if (format === undefined) return undefined;
    const way = findCall(method, path, rows, this.#profileNow().control.paths);
    const underCalls = method === 'POST' && /^\/calls(\/|$)/.test(path);
    // XML is used by this API only, so any request for XML belongs to it.
    const isOurs =
      underCalls || ending === 'xml' || (ending !== undefined && this.#areas.has(path.split('/')[1] ?? ''));
    if (way === undefined && !isOurs) return undefined;
    const found = (way && this.#routes.get(way.row)) ?? this.#unknown;
    return { route: found, params: { way, underCalls, format } satisfies Found };
  }

  #routeOf(method: Route['method'], path: string, summary: string): Route {
    return facadeRoute<Found>({
      method,
      path,
      summary,
      // Each format has its own limit.
      maxBytes: Number.POSITIVE_INFINITY,
      handle: (request) => this.#answer(request, request.params),
    });
  }

  async #answer(request: Request, found: Found): Promise<Answer> {
    const { way, format } = found;
    try {
      return await this.#carryOut(request, found);
    } catch (error) {
      logFailure(request.log, error, { operation: way?.row.name }, 'a control request failed');
      return problemReply(asProblem(error, request.id), format);
    }
  }

  async #carryOut(request: Request, found: Found): Promise<Answer> {
    const { company } = this.options.ports.companies;
    const profile = this.#profileNow();
    const { input, who } = await this.#admit(request);
    const { row, params } = chosen(found, input);
    request.log.debug({ operation: row.name, who: who.name }, 'control request');
    requireScope(who, [row.scope], (needed) => `this login lacks the scope ${needed}`);
    const fields = read(row, { ...renamedBack(input.fields, profile.control.rename), ...params });
    const context = this.#context(request, who, company, profile);
    const result = await actAs(who, () => row.handle(fields, context));
    return answerOf(result, found.format, profile.control);
  }

  /** Authenticates and reads. The body is read after the login, unless it may contain the login. */
  async #admit(request: Request): Promise<{ input: Input; who: Identity }> {
    const query = inputOfQuery(request.url.split('?')[1] ?? '');
    const early = await this.#login.early(request, query.fields);
    if (early) this.#limits.countRequest(early, request.address);
    const bytes = await (early ? readBytes(request.stream, MAX_BODY_BYTES) : this.#limits.strangers.read(request));
    const body = readBody(bytes, request.headers['content-type']);
    const who = early ?? this.#login.byBody(request, body.fields);
    if (!early) {
      this.#limits.strangers.known(request.address);
      this.#limits.countRequest(who, request.address);
    }
    return { input: { root: body.root ?? query.root, fields: { ...query.fields, ...body.fields } }, who };
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
}

/** The reject command (✕) is recognized by its element at any path, since its path at Telfa is not public. */
function chosen({ way, underCalls }: Found, { root }: Input): MatchedCall {
  const interrupt = rows.find(({ name }) => name === INTERRUPT);
  if (interrupt && underCalls && root === interrupt.root) return { row: interrupt, params: {} };
  if (way) return way;
  throw notFound('the call does not exist in this API; docs/control-api.md lists the calls');
}

function renamedBack(
  fields: Record<string, unknown>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const ours = new Map(Object.entries(names).map(([name, renamed]) => [renamed, name]));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [ours.get(name) ?? name, value]));
}

/** @throws {Problem} 422 with every invalid field */
function read(row: Endpoint, fields: Record<string, unknown>): unknown {
  const filled = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  const parsed = row.input.safeParse(Object.fromEntries(filled));
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', detail: message })),
  );
}
