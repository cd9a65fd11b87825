import type { LoginReports } from '../../http/address-bans.js';
import { json, type Answer } from '../../http/answer.js';
import { Problem } from '../../http/problem.js';
import { asProblem, logFailure, problemAnswer } from '../../http/respond.js';
import type { Request, Route, Scope } from '../../http/route.js';
import type { Tokens } from '../../http/tokens.js';
import type { Clock } from '../../lib/clock.js';
import type { Company } from '../../company/company.js';
import { flattened, readFields, readQuery, type Fields } from '../shared/input.js';
import { MaskingRedactor } from '../unknown-requests/redact.js';
import type { RecordedRequests } from '../unknown-requests/unknown-requests.js';
import { facadeRoute, FacadeLimits, readOncePerCompany, requireScope } from '../shared/facade.js';
import { readBytes } from '../shared/strangers.js';
import { tokenAnywhere, type FoundToken } from '../shared/token-anywhere.js';
import { connectParties, type ConnectParts } from './connect.js';
import { handleOrderNews, type NotifyParts } from './notify.js';
import { OrderWire } from './order-wire.js';
import { gootaxProfileOf, type GootaxProfile } from './profile.js';
import { contractPath, isIntegration, findRequest, type RequestPath } from './request-path.js';

const MAX_BODY_BYTES = 256 * 1024;

const SCOPES: Record<RequestPath['meaning'], Scope> = {
  notify: 'dispatch:notify',
  connect: 'dispatch:connect',
  connect_client: 'dispatch:connect',
  connect_driver: 'dispatch:connect',
};
/** A token with one of these scopes belongs to the dispatch, so its unknown requests are recorded. */
const DISPATCH: readonly Scope[] = ['dispatch:notify', 'dispatch:connect'];

export interface DispatchDeskOptions extends Omit<NotifyParts, 'clock'>, Omit<ConnectParts, 'clock' | 'orders'> {
  company: () => Company;
  tokens: Pick<Tokens, 'verify'>;
  recorded: RecordedRequests;
  clock: Clock;
  bans?: LoginReports;
}

/** The parsed parts of one request. */
interface Read {
  path: string;
  query: Fields;
  body: Fields;
  bytes: Buffer;
  found: FoundToken;
}

/**
 * Requests of a dispatch such as Gootax below `/integration` (docs/gootax.md): authenticates them, reads them by the profile and carries
 * them out. Unknown paths get 501 and unreadable content 4xx; both are recorded without numbers.
 */
export class GootaxApi {
  readonly #limits: FacadeLimits;
  readonly #route: Route;
  readonly #profileNow = readOncePerCompany(
    () => this.options.company(),
    ({ profiles }): GootaxProfile => gootaxProfileOf(profiles),
  );

  constructor(private readonly options: DispatchDeskOptions) {
    this.#limits = new FacadeLimits(options.clock, options.bans);
    this.#route = facadeRoute<{ method: string; path: string }>({
      method: 'POST',
      path: '/integration/*',
      summary: 'Requests of the dispatch',
      maxBytes: MAX_BODY_BYTES,
      handle: (request) => this.#answer(request),
    });
  }

  /** The route of a dispatch request; undefined for any other request. */
  find(method: string, url: string): { route: Route; params: unknown } | undefined {
    const path = url.split('?')[0] ?? '';
    return isIntegration(path) ? { route: this.#route, params: { method, path } } : undefined;
  }

  async #answer(request: Request<{ method: string; path: string }>): Promise<Answer> {
    let read: Read | undefined;
    try {
      const { method } = request.params;
      read = await this.#read(request, (known) => (read = known));
      const { path } = read;
      const way = findRequest(method, path, this.#profileNow());
      if (way === undefined) throw unknownPath();
      requireScope(read.found.who, [SCOPES[way.meaning]]);
      request.log.debug({ meaning: way.meaning, who: read.found.who.name }, 'request of the dispatch');
      return json(await this.#carryOut(way, read));
    } catch (error) {
      logFailure(request.log, error, {}, 'a request of the dispatch failed');
      const problem = asProblem(error, request.id);
      if (read !== undefined && isWorthKeeping(problem)) await this.#record(request, read, problem);
      return problemAnswer(problem);
    }
  }

  /**
   * Authenticates by headers, path and query before the body: bodies of unauthenticated clients are limited in size and rate.
   *
   * @param onKnown called after authentication, even if the body is unreadable
   */
  async #read(request: Request<{ path: string }>, onKnown: (read: Read) => void): Promise<Read> {
    const { path, token } = contractPath(request.params.path);
    const query = readQuery(request.url);
    const outside = [...(token === undefined ? [] : [token]), ...flattened(query).values()];
    const early = tokenAnywhere(request.headers, outside, this.options.tokens);
    if (early) this.#requireDispatch(early, request.address);
    const bytes = await (early ? readBytes(request.stream, MAX_BODY_BYTES) : this.#limits.strangers.read(request));
    const body = await readFields(bytes, request.headers['content-type']).catch((error: unknown) => {
      // Authenticate before reporting that the body is unreadable.
      onKnown({ path, query, body: {}, bytes, found: early ?? this.#admit(request, []) });
      throw error;
    });
    return { path, query, body, bytes, found: early ?? this.#admit(request, flattened(body).values()) };
  }

  /** Authenticates by a token in the body. @throws {Problem} 401 without a token of ours, 429 after too many of those */
  #admit(request: Request, values: Iterable<string>): FoundToken {
    const found = tokenAnywhere({}, values, this.options.tokens);
    if (found) {
      this.#limits.strangers.known(request.address);
      this.#requireDispatch(found, request.address);
      return found;
    }
    this.#limits.countFailure(request.address);
    throw new Problem(401, 'Unauthorized', 'send a token of this gateway as the header api-key');
  }

  /** @throws {Problem} 429 after too many requests, 403 without a scope of the dispatch */
  #requireDispatch({ who }: FoundToken, address: string): void {
    this.#limits.countRequest(who, address);
    requireScope(who, DISPATCH);
  }

  #carryOut({ meaning, params }: RequestPath, { query, body, found }: Read): Promise<Fields> {
    const { options } = this;
    const company = options.company();
    const profile = this.#profileNow();
    const fields = without(found.token, { ...query, ...body });
    const values = new Map([...flattened(fields), ...Object.entries(params)]);
    const wire = new OrderWire(values, profile, company.country);
    if (meaning === 'notify') return handleOrderNews({ company, profile, wire, fields, values }, options);
    return connectParties({ company, profile, wire, meaning }, options);
  }

  async #record(request: Request<{ method: string }>, read: Read, problem: Problem): Promise<void> {
    const { token, who } = read.found;
    const redactor = new MaskingRedactor(new Map([[token, who.name]]));
    const isRead = Object.keys(read.body).length > 0 || read.bytes.length === 0;
    try {
      await this.options.recorded.keep({
        who: who.name,
        method: request.params.method,
        path: redactor.text(read.path),
        query: redactor.value(read.query) as Fields,
        headers: redactor.headers(request.headers),
        body: isRead ? redactor.value(read.body) : redactor.unread(read.bytes),
        bytes: read.bytes.length,
        status: problem.status,
        why: redactor.text(problem.detail),
      });
    } catch (error) {
      request.log.error({ err: error }, 'a request of the dispatch could not be recorded');
    }
  }
}

/** The token must not be stored with the order. */
function without(token: string, fields: Fields): Fields {
  const kept = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(token, '');
    if (Array.isArray(value)) return value.map(kept);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, kept(inner)]));
  };
  return kept(fields) as Fields;
}

function unknownPath(): Problem {
  return new Problem(
    501,
    'Not implemented',
    'the meaning of this path is unknown; the request was recorded (GET /api/v1/recorded-requests), and the profile can define it',
  );
}

/** A rejection by the rate limit says nothing about the contract. */
function isWorthKeeping({ status }: Problem): boolean {
  return status === 501 || status === 400 || status === 415 || status === 422;
}
