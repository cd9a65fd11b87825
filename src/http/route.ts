import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Logger } from '../lib/logger.js';
import type { Answer } from './answer.js';

/**
 * What a token may do. `numbers:read` shows phone numbers and digits unmasked; `calls:control` starts calls and reaches into
 * them, `calls:reject` is the ✕ alone; `operators:control` logs others in and out and pauses them; `accounts:write` sets
 * passwords and makes tokens. `dispatch:notify` and `dispatch:connect` are what a dispatch system may: tell of orders, and have their
 * people connected; `lines:read` lists the company's lines. `people:data` exports and erases what is stored of a person.
 */
export const scopes = [
  'config:read',
  'config:write',
  'calls:read',
  'numbers:read',
  'calls:control',
  'calls:reject',
  'calls:listen',
  'recordings:read',
  'recordings:delete',
  'monitor:read',
  'operators:read',
  'operators:control',
  'accounts:write',
  'people:data',
  'prompts:read',
  'prompts:write',
  'webhooks:write',
  'metrics:read',
  'lines:read',
  'dispatch:notify',
  'dispatch:connect',
] as const;

export type Scope = (typeof scopes)[number];

/** Who asks: the name of a token, never the token; or a person's login. */
export interface Identity {
  name: string;
  scopes: readonly Scope[];
  /** A person, and the handset that is theirs. */
  operator?: { id: number; handset?: string };
}

export interface Request<P = unknown, Q = unknown, B = unknown> {
  id: string;
  /** Path and query. */
  url: string;
  method: string;
  headers: IncomingHttpHeaders;
  params: P;
  query: Q;
  body: B;
  who: Identity | undefined;
  /** Where the request comes from. */
  address: string;
  can: (scope: Scope) => boolean;
  /** The body of an `upload` route, as it comes in. */
  stream: IncomingMessage;
  /** Languages that the client asks for (`?lang=`, Accept-Language), best first. */
  languages: string[];
  /** The address under which a script or style sheet of the pages is served; `source`: its file, from src/web. */
  assetAddress: (source: string) => string;
  log: Logger;
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in `/api/v1/prompts/:id`. */
  path: string;
  /** `public`: for everybody. There is no default. */
  scope: Scope | 'public';
  summary: string;
  /** The handler finds out who asks, in ways of its own; cookies and headers mean nothing before. Only with scope `public`. */
  ownLogin?: true;
  /** `page`: errors are pages, who is not logged in is sent to the login. Default: `api`. */
  kind?: 'api' | 'page';
  params?: P;
  query?: Q;
  body?: B;
  /** How `body` comes: default `json`. */
  bodyType?: 'json' | 'form';
  /** The handler reads `request.stream` itself. `types`: content types accepted, `audio/*` for all of a kind. */
  upload?: { types: string[]; maxBytes: number };
  /** Answers by status, for the API's description. */
  answers?: Record<number, { description: string; schema?: z.ZodType; type?: string }>;
  handle(request: Request<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer> | Answer;
}

declare const declared: unique symbol;

/** A route of the server. Only {@link route} makes one, and it demands a scope: there is no undeclared route. */
export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType> & { readonly [declared]: true };

export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: RouteSpec<P, Q, B>): Route {
  return Object.freeze({ ...spec }) as unknown as Route;
}
