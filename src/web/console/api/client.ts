import type { FieldCode, ProblemCode } from '../../../http/problem-codes.js';
import type { paths } from './schema.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
/** The paths that have the method. */
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type PathOf<O> = O extends { parameters: { path: infer P extends object } } ? { path: P } : object;
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? { query?: NonNullable<Q> } : object;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : object;
type Options<O> = PathOf<O> &
  QueryOf<O> &
  BodyOf<O> & {
    headers?: Record<string, string>;
    /** Cancels the request; it is also canceled when the page is left. */
    signal?: AbortSignal;
  };
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
type DataOf<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202 | 204)]> : never;

/** An invalid field of a request. `code` and `params` are for its translation. */
export interface FieldError {
  field: string;
  detail: string;
  code: FieldCode;
  params?: Record<string, unknown> | undefined;
}

/** A response that refuses a request. `status` is 0 when there was none. */
export interface ApiFailure {
  ok: false;
  status: number;
  detail: string;
  code: ProblemCode | undefined;
  params: Record<string, unknown>;
  errors: FieldError[];
  /** The whole problem document. */
  problem: unknown;
}

/** The response to a request. `etag` is empty when there is none. */
export type ApiOutcome<T> = { ok: true; data: T; etag: string } | ApiFailure;

/** Only the members that a request needs are required. */
type Given<O> = object extends Options<O> ? [options?: Options<O>] : [options: Options<O>];

function caller<M extends Method>(method: M) {
  return <P extends PathsOf<M> & string>(
    path: P,
    ...[options]: Given<Operation<P, M>>
  ): Promise<ApiOutcome<DataOf<Operation<P, M>>>> => send(method, path, options);
}

/** The HTTP API of the gateway, typed by its own description: a changed route does not compile. */
export const api = {
  get: caller('get'),
  post: caller('post'),
  put: caller('put'),
  patch: caller('patch'),
  delete: caller('delete'),
};

let loadWords: () => Promise<void> = () => Promise.resolve();

/** Sets what a refusal with a code waits for before it is returned. @param load must not reject */
export function beforeFailures(load: () => Promise<void>): void {
  loadWords = load;
}

/** How requests are authenticated. Default: by the cookie of the login. */
export const access: {
  headers: Record<string, string>;
  /** Subprotocols of WebSockets. */
  protocols: string[];
  /** Called when the login or session has ended. */
  onEnded: () => void;
} = { headers: {}, protocols: [], onEnded: goToLogin };

/** Browsers refuse to keep a larger request alive. */
const MAX_KEPT_ALIVE_BYTES = 60 * 1024;

async function send<T>(
  method: Method,
  path: string,
  { path: params = {}, query = {}, body, headers = {}, signal }: RequestOptions = {},
): Promise<ApiOutcome<T>> {
  const url = new URL(
    path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name as keyof typeof params]))),
    location.origin,
  );
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  try {
    const sent = { ...access.headers, ...headers };
    const init: RequestInit = { method: method.toUpperCase(), headers: sent, signal: signal ?? null };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      sent['content-type'] = 'application/json';
    }
    // A command must arrive although the page is left.
    const isCommand = method !== 'get' && signal === undefined;
    init.keepalive = isCommand && new Blob([init.body as string]).size <= MAX_KEPT_ALIVE_BYTES;
    const response = await fetch(url, init);
    if (response.status === 401) access.onEnded();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const content: unknown = isJson ? await response.json() : undefined;
    if (response.ok) return { ok: true, data: content as T, etag: response.headers.get('etag') ?? '' };
    const refusal = failure(response.status, content);
    if (refusal.code !== undefined) await loadWords();
    return refusal;
  } catch {
    return failure(0, undefined);
  }
}

interface RequestOptions {
  path?: object;
  query?: object;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function failure(status: number, problem: unknown): ApiFailure {
  const { detail = '', code, params = {}, errors = [] } = (problem ?? {}) as Partial<ApiFailure>;
  return { ok: false, status, detail, code, params, errors, problem };
}

/** The session has ended: after the login the visitor returns to this page. */
function goToLogin(): void {
  location.href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}
