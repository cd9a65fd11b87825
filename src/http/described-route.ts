import type { z } from 'zod';
import type { Route } from './route.js';

/** A security scheme of the description and what it needs, as OpenAPI has it. */
export type Login = Record<string, string[]>;

/**
 * What the API description says about a route. Those of integrations are found by the company's own paths and names, so each describes its
 * requests as they are without such changes.
 */
export type DescribedRoute = Pick<
  Route,
  'method' | 'path' | 'scope' | 'summary' | 'params' | 'query' | 'headers' | 'body' | 'bodyType' | 'upload' | 'answers'
> & {
  /** Default: of method and path. */
  operationId?: string;
  /** Default: of the path. */
  tag?: string;
  /** Ways to log in. Default: those of the gateway. */
  logins?: Login[];
  /** Schema of every error. Default: problem documents. */
  errors?: z.ZodType;
};
