import type { paths } from './schema.js';

type Method = 'get' | 'post' | 'put' | 'delete';
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
/** The paths that have the method. */
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type PathOf<O> = O extends { parameters: { path: infer P extends object } } ? { path: P } : object;
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? { query?: NonNullable<Q> } : object;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : object;
type Options<O> = PathOf<O> & QueryOf<O> & BodyOf<O>;
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
type DataOf<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202 | 204)]> : never;

/** The response to a request. `status` is 0 when there was none. */
export type ApiOutcome<T> =
  { ok: true; data: T } | { ok: false; status: number; detail: string; errors: { field: string; detail: string }[] };

/** Only the members that a request needs are required. */
type Given<O> = object extends Options<O> ? [options?: Options<O>] : [options: Options<O>];

function caller<M extends Method>(method: M) {
  return <P extends PathsOf<M> & string>(
    path: P,
    ...[options]: Given<Operation<P, M>>
  ): Promise<ApiOutcome<DataOf<Operation<P, M>>>> => send(method, path, options);
}

/** The HTTP API of the gateway, typed by its own description: a changed route does not compile. */
export const api = { get: caller('get'), post: caller('post'), put: caller('put'), delete: caller('delete') };

async function send<T>(
  method: Method,
  path: string,
  { path: params = {}, query = {}, body }: { path?: object; query?: object; body?: unknown } = {},
): Promise<ApiOutcome<T>> {
  const url = new URL(
    path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name as keyof typeof params]))),
    location.origin,
  );
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  try {
    // A command must arrive although the page is left.
    const init: RequestInit = { method: method.toUpperCase(), keepalive: method !== 'get' };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { 'content-type': 'application/json' };
    }
    const response = await fetch(url, init);
    if (response.status === 401) goToLogin();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const content: unknown = isJson ? await response.json() : undefined;
    if (response.ok) return { ok: true, data: content as T };
    const { detail = '', errors = [] } = (content ?? {}) as { detail?: string; errors?: [] };
    return { ok: false, status: response.status, detail, errors };
  } catch {
    return { ok: false, status: 0, detail: '', errors: [] };
  }
}

/** The session has ended: after the login the visitor returns to this page. */
export function goToLogin(): void {
  location.href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}
