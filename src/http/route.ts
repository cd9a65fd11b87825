import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Logger } from '../lib/logger.js';
import type { Answer } from './answer.js';

/**
 * Scopes of a token. `numbers:read` shows phone numbers and digits unmasked; `calls:control` starts calls and controls them, `calls:reject`
 * only rejects them (✕); `operators:control` logs operators in and out and pauses them; `accounts:write` sets passwords and creates tokens.
 * `dispatch:notify` reports orders and `dispatch:connect` connects their parties, for dispatch systems; `lines:read` lists the company's
 * lines. `people:data` exports and erases the stored data of a person; `audit:read` reads who did what. `backups:make` makes and downloads
 * backups, which hold every secret. `phones:embed` opens the phone of an operator in a page of another server. `alarms:write`
 * silences and acknowledges alarms. `bans:write` reads, adds and lifts bans of addresses.
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
  'audit:read',
  'prompts:read',
  'prompts:write',
  'webhooks:write',
  'metrics:read',
  'lines:read',
  'dispatch:notify',
  'dispatch:connect',
  'backups:make',
  'phones:embed',
  'alarms:write',
  'bans:write',
] as const;

export type Scope = (typeof scopes)[number];

/** The authenticated client: the name of a token (never the token itself), or a person's login. */
export interface Identity {
  name: string;
  scopes: readonly Scope[];
  /** The person, with their handset. */
  operator?: { id: number; handset?: string | undefined } | undefined;
  /** Id of the session of an embedded phone, which may use only routes that are {@link RouteSpec.forPhones}. */
  phoneSession?: string | undefined;
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
  /** Remote address of the request. */
  address: string;
  can: (scope: Scope) => boolean;
  /** The body of an `upload` route, unread. */
  stream: IncomingMessage;
  /** A signal that aborts when the client closes the connection before it has the response. */
  disconnected: () => AbortSignal;
  /** Languages that the client accepts (`?lang=`, Accept-Language), best first. */
  languages: string[];
  /** The URL of a script or style sheet of the pages; `source`: its file in src/web. */
  assetAddress: (source: string) => string;
  /** Whether the company works with a dispatch: only then the menu offers orders and notifications. */
  usesDispatch: boolean;
  log: Logger;
}

interface RouteAnswer {
  description: string;
  schema?: z.ZodType;
  /** Content type. Default: JSON. */
  type?: string;
  /** Content types that the client can request instead with `Accept`. */
  otherTypes?: string[];
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/api/v1/prompts/:id`. */
  path: string;
  /** `public`: no login. There is no default. */
  scope: Scope | 'public';
  summary: string;
  /** The handler authenticates by itself; cookies and headers are ignored. Only with scope `public`. */
  ownLogin?: true;
  /** `page`: errors are pages, and unauthenticated browsers are redirected to the login. Default: `api`. */
  kind?: 'api' | 'page';
  /** Also for embedded phones, which otherwise may use only public routes. */
  forPhones?: true;
  params?: P;
  query?: Q;
  /** Request headers that the handler reads, with what each of them does. */
  headers?: Record<string, string>;
  body?: B;
  /** Format of `body`. Default: `json`. */
  bodyType?: 'json' | 'form';
  /** The handler reads `request.stream` itself. `types`: accepted content types, `audio/*` for a whole family. */
  upload?: { types: string[]; maxBytes: number };
  /** Responses by status, for the API description. */
  answers?: Record<number, RouteAnswer>;
  handle(request: Request<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer> | Answer;
}

declare const declared: unique symbol;

/** A route of the server. Only {@link route} creates one and it requires a scope, so no route is unprotected by omission. */
export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType> & { readonly [declared]: true };

export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: RouteSpec<P, Q, B>): Route {
  return Object.freeze({ ...spec }) as unknown as Route;
}
