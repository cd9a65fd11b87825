import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { bruToJsonV2, collectionBruToJson, type BruRequest } from '@usebruno/lang';

/** A request of a Bruno collection. */
export interface CollectionRequest extends BruRequest {
  folder: string;
}

/** A request as Bruno sends it. */
export interface SentRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  /** Undefined for none. */
  body: string | undefined;
  /** The body is a file, which the sender chooses. */
  takesFile: boolean;
}

/** The files of a collection by their path in it. */
export async function collectionFiles(root: string): Promise<Map<string, string>> {
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.bru'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(root, name), 'utf8')] as const)),
  );
}

/** The requests of a collection in the order in which Bruno runs them: folders by their number, and requests in them by theirs. */
export function requestsOf(files: ReadonlyMap<string, string>): CollectionRequest[] {
  const isRequest = (name: string) => /^(?!environments\/|\.\.).+\/.+\.bru$/.test(name);
  const inFolders = [...files].filter(([name]) => isRequest(name));
  const isFolder = (name: string) => path.basename(name) === 'folder.bru';
  const places = new Map(
    inFolders
      .filter(([name]) => isFolder(name))
      .map(([name, text]) => [path.dirname(name), Number(collectionBruToJson(text).meta.seq)]),
  );
  const placeOf = ({ folder, meta }: CollectionRequest) => (places.get(folder) ?? Infinity) * 10_000 + Number(meta.seq);
  return inFolders
    .filter(([name]) => !isFolder(name))
    .map(([name, text]) => ({ ...bruToJsonV2(text), folder: path.dirname(name) }))
    .sort((one, other) => placeOf(one) - placeOf(other));
}

/** The status that the request asserts. */
export function assertedStatus({ meta, assertions = [] }: CollectionRequest): number {
  const status = assertions.find(({ name, enabled }) => name === 'res.status' && enabled)?.value;
  if (status?.startsWith('eq ') !== true) throw new Error(`${meta.name} asserts no status`);
  return Number(status.slice(3));
}

/** Fills in what Bruno fills in. @param token of the collection */
export function asSent(request: BruRequest, { url, token }: { url: string; token: string }): SentRequest {
  const { http, params = [], headers = [], body } = request;
  const enabled = params.filter((param) => param.enabled);
  const valueOf = (part: string) => enabled.find(({ name, type }) => type === 'path' && name === part)?.value ?? '';
  const [address = ''] = http.url.split('?');
  const filled = address.replace(/\/:(\w+)/g, (_, part: string) => `/${encodeURIComponent(valueOf(part))}`);
  const query = enabled.filter(({ type }) => type === 'query').map(({ name, value }) => [name, value]);
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
  return {
    url: filled.replace('{{url}}', url) + search,
    method: http.method.toUpperCase(),
    headers: {
      ...authorizationOf(request, token),
      ...(http.body === 'json' && { 'content-type': 'application/json' }),
      ...Object.fromEntries(headers.filter((header) => header.enabled).map(({ name, value }) => [name, value])),
    },
    body: http.body === 'json' ? body?.json : undefined,
    takesFile: http.body === 'file',
  };
}

function authorizationOf({ http, auth }: BruRequest, token: string): Record<string, string> {
  if (http.auth === 'inherit') return { authorization: `Bearer ${token}` };
  if (http.auth === 'bearer') return { authorization: `Bearer ${auth?.bearer?.token}` };
  if (http.auth !== 'basic') return {};
  const login = `${auth?.basic?.username}:${auth?.basic?.password}`;
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}
