import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import type { Context } from 'koa';
import { z } from 'zod';
import { logCall } from '../lib/log-call.js';
import type { Logger } from '../lib/logger.js';
import { actAs } from './actor.js';
import { addressOf } from './address.js';
import type { AddressBans } from './address-bans.js';
import { seeOther, type Answer } from './answer.js';
import { authorize, identify, requireSameOrigin } from './authenticate.js';
import { allowBody, parseForm, parseJson, readText, refuseTooLong, requireMediaType } from './body.js';
import { html, page } from './html.js';
import { acceptedLanguages, chosenLanguage } from './languages.js';
import type { HttpLimits } from './limits.js';
import type { HttpMetrics } from './metrics.js';
import { Problem } from './problem.js';
import type { RateLimit } from './rate-limit.js';
import { asProblem, commonHeaders, logFailure, problemAnswer, send } from './respond.js';
import type { ResultPages } from './result-pages.js';
import type { Identity, Request, Route } from './route.js';
import type { Sessions } from './sessions.js';
import type { Passwords, Tokens } from './tokens.js';
import { validate } from './validate.js';

const FORM = 'application/x-www-form-urlencoded';

interface PipelineOptions {
  tokens: Tokens;
  sessions?: Sessions;
  passwords?: Passwords;
  bans?: AddressBans;
  proxies?: number;
  logger: Logger;
  limits: HttpLimits;
  metrics: HttpMetrics;
  requestLimit: RateLimit;
  failureLimit: RateLimit;
  /** Unauthenticated bodies, by address. */
  strangerLimit: RateLimit;
  problemPage?: ProblemPage;
  results?: ResultPages;
  assetAddress?: (source: string) => string | undefined;
  usesDispatch?: () => boolean;
  ownership?: () => Promise<void> | undefined;
}

/** The steps of every request: authentication, authorization, rate limit, validation, handler, response. */
export class Pipeline {
  constructor(private readonly options: PipelineOptions) {}

  /** The log lines of a request about a call have its id. */
  run(context: Context, route: Route, params: unknown): Promise<void> {
    return logCall(callOf(route, params), () => this.#run(context, route, params));
  }

  async #run(context: Context, route: Route, params: unknown): Promise<void> {
    const id = requestId(context);
    const startedAt = process.hrtime.bigint();
    const log = this.options.logger.child({ requestId: id });
    context.set({ ...commonHeaders(route.kind), 'x-request-id': id });
    const about = this.#about(context, id);
    let answer: Answer;
    try {
      about.who = await this.#admit(context, route);
      if (context.method !== 'GET' && context.method !== 'HEAD') await this.#requireOwnership();
      answer = this.#redirectToResult(
        await actAs(about.who, () => this.#handle(context, route, params, about, log)),
        about,
      );
    } catch (error) {
      logFailure(log, error, { route: route.path }, 'a request failed');
      answer = this.#answerError(asProblem(error, id), route, about);
    }
    send(context, answer);
    this.options.metrics.requests.observe(
      { route: route.path, method: route.method, status: answer.status },
      Number(process.hrtime.bigint() - startedAt) / 1e9,
    );
    log.debug({ route: route.path, method: route.method, status: answer.status, token: about.who?.name }, 'request');
  }

  /** Responds to a request that matches no route: to a browser with a page, to a program with a problem document. */
  refuse(context: Context, routes: Route[]): void {
    const id = requestId(context);
    const wantsPage = this.options.problemPage !== undefined && isForPeople(context);
    context.set({ ...commonHeaders(wantsPage ? 'page' : undefined), 'x-request-id': id });
    const matched = (context as { matched?: { path: unknown }[] }).matched ?? [];
    const methods = routes.filter((route) => matched.some((layer) => layer.path === route.path)).map((r) => r.method);
    const problem =
      methods.length > 0
        ? new Problem(405, 'Method not allowed', `use ${methods.join(' or ')}`, {
            headers: { allow: methods.join(', ') },
          })
        : new Problem(404, 'Not found', 'there is nothing at this path; /docs lists the routes');
    const about = this.#about(context, id);
    about.who = this.options.sessions?.identify(context.headers.cookie);
    send(context, (wantsPage && this.options.problemPage?.(problem, about)) || problemAnswer(problem));
  }

  #about(context: Context, id: string): AboutRequest {
    const { assetAddress, usesDispatch } = this.options;
    const preferred =
      new URL(context.url, 'http://localhost').searchParams.get('lang') ?? chosenLanguage(context.headers.cookie);
    return {
      id,
      languages: acceptedLanguages(context.get('accept-language'), preferred),
      url: context.url,
      method: context.method,
      who: undefined,
      isLink: context.method === 'GET' && context.get('sec-fetch-site') === 'cross-site',
      assetAddress: (source) => assetAddress?.(source) ?? `/assets/${path.basename(source)}`,
      usesDispatch: usesDispatch?.() ?? false,
    };
  }

  #redirectToResult(answer: Answer, { who, method }: AboutRequest): Answer {
    const { results } = this.options;
    if (results === undefined || answer.rerender === undefined || method !== 'POST') return answer;
    const cookie = answer.headers['set-cookie'];
    return results.keep(answer.rerender, who, cookie === undefined ? {} : { 'set-cookie': cookie });
  }

  async #admit(context: Context, route: Route): Promise<Identity | undefined> {
    const { tokens, sessions, requestLimit, proxies, bans } = this.options;
    // Public routes need no password hashing.
    const passwords = route.scope === 'public' ? undefined : this.options.passwords;
    if (route.ownLogin && route.scope === 'public') return undefined;
    let found: { who: Identity | undefined; fromBrowser: boolean };
    try {
      found = await identify(context.req, { tokens, sessions, passwords, proxies });
    } catch (error) {
      if (route.scope === 'public') return undefined;
      bans?.failed(addressOf(context.req, proxies));
      this.#limit(this.options.failureLimit, addressOf(context.req, proxies), 'failed_login');
      throw error;
    }
    if (found.fromBrowser || route.kind === 'page') requireSameOrigin(context.req);
    authorize(route, found.who);
    if (found.who) {
      bans?.proved(addressOf(context.req, proxies));
      this.#limit(requestLimit, found.who.name, 'rate');
    }
    return found.who;
  }

  /** A request may have waited while this process stood still. */
  async #requireOwnership(): Promise<void> {
    try {
      await this.options.ownership?.();
    } catch {
      throw new Problem(503, 'Unavailable', 'another gateway is taking over; send the request again', {
        headers: { 'retry-after': '1' },
      });
    }
  }

  #limit(limit: RateLimit, key: string, reason: string): void {
    const waitS = limit.take(key);
    if (waitS === 0) return;
    this.options.metrics.refused.inc({ reason });
    throw new Problem(429, 'Too many requests', `wait ${waitS} s and send it again`, {
      headers: { 'retry-after': String(waitS) },
    });
  }

  async #handle(context: Context, route: Route, params: unknown, about: AboutRequest, log: Logger): Promise<Answer> {
    const [checkedParams, query] = await Promise.all([
      validate(route.params, params, 'path'),
      validate(route.query, withoutLanguage(context.query), 'query'),
    ]);
    return route.handle({
      ...about,
      headers: context.headers,
      params: checkedParams,
      query,
      address: addressOf(context.req, this.options.proxies),
      body: await this.#body(context, route),
      can: (scope) => about.who?.scopes.includes(scope) ?? false,
      stream: context.req,
      disconnected: () => disconnectSignal(context.res),
      log,
    });
  }

  async #body(context: Context, route: Route): Promise<unknown> {
    const { jsonBytes, strangerFormBytes } = this.options.limits;
    if (route.upload) {
      requireMediaType(context.req, route.upload.types);
      refuseTooLong(context.req, route.upload.maxBytes, 'body');
      allowBody(context.req, context.res);
      return undefined;
    }
    if (!route.body) return undefined;
    const form = route.bodyType === 'form';
    requireMediaType(context.req, [form ? FORM : 'application/json']);
    const isOpen = route.scope === 'public';
    const maxBytes = isOpen ? strangerFormBytes : jsonBytes;
    refuseTooLong(context.req, maxBytes, 'body');
    if (isOpen) this.#limit(this.options.strangerLimit, addressOf(context.req, this.options.proxies), 'rate');
    allowBody(context.req, context.res);
    const body = await readText(context.req, maxBytes);
    return validate(route.body, form ? parseForm(body) : parseJson(body), 'body');
  }

  #answerError(problem: Problem, route: Route, about: AboutRequest): Answer {
    if (route.kind !== 'page') return problemAnswer(problem);
    if (problem.status === 401)
      return about.isLink ? again(about.url) : seeOther(`/login?next=${encodeURIComponent(about.url)}`);
    const { problemPage, results } = this.options;
    if (problemPage === undefined) return problemAnswer(problem);
    if (results === undefined || about.method !== 'POST') return problemPage(problem, about);
    return results.keep((shown) => problemPage(problem, { ...about, ...shown }, about.url), about.who);
  }
}

/** Renders an error as a page. @param formUrl where the form was sent, when the page has another address */
export type ProblemPage = (
  problem: Problem,
  request: Pick<Request, 'languages' | 'id' | 'url' | 'who' | 'assetAddress' | 'usesDispatch'>,
  formUrl?: string,
) => Answer;

type AboutRequest = Pick<Request, 'languages' | 'id' | 'url' | 'method' | 'assetAddress' | 'usesDispatch'> & {
  who: Identity | undefined;
  /** The request followed a link on another site. */
  isLink: boolean;
};

/** Browsers withhold a SameSite=Strict cookie when a link on another site is followed, and send it when our own page reloads. */
function again(url: string): Answer {
  return page(
    html`<!doctype html>
      <title>Cordboard</title>
      <meta http-equiv="refresh" content="0; url=${url}" />
      <a href="${url}">Cordboard</a>`,
  );
}

/** `lang` chooses the language of pages; the schemas of routes do not declare it. */
function withoutLanguage(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'lang'));
}

/** Whether a person waits for the answer: a browser that opens a page, not a script on one. */
function isForPeople(context: Context): boolean {
  return !context.path.startsWith('/api/') && context.get('accept').includes('text/html');
}

function requestId(context: Context): string {
  const given = context.get('x-request-id');
  return /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

function disconnectSignal(response: ServerResponse): AbortSignal {
  const abort = new AbortController();
  if (response.closed) abort.abort();
  response.once('close', () => !response.writableFinished && abort.abort());
  return abort.signal;
}

const CALL_PATH = /^\/api\/v1\/(calls|bridges)\/:id/;
const withId = z.object({ id: z.string().regex(/^[cbn]_[\w.-]{1,80}$/) });

/** The call that the path of a request names. What is no id of a call can be a number or a secret, and is not logged. */
function callOf({ path: routePath }: Route, params: unknown): string | undefined {
  return CALL_PATH.test(routePath) ? withId.safeParse(params).data?.id : undefined;
}
