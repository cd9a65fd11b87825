import { invalid, notFound, Problem, scopeMissing, tooLarge, unsupportedMediaType } from './problem.js';
import type { DescribedRoute } from './described-route.js';
import type { Schemas } from './openapi-schemas.js';

const PROBLEM_TYPE = 'application/problem+json';
const PROBLEM_SCHEMA = { $ref: '#/components/schemas/Problem' };

/** Errors that follow from what a route takes, with an example of each. A route that says more about one of them describes it itself. */
const problems = {
  BadRequest: ['The body is not valid JSON in UTF-8', new Problem(400, 'Malformed body', 'the body is not JSON')],
  Unauthorized: [
    'No token or password, or a wrong one',
    new Problem(401, 'Unauthorized', 'send Authorization: Bearer followed by a token of this gateway'),
  ],
  Forbidden: ['The scope is missing', scopeMissing('config:write')],
  NotFound: ['There is no such thing', notFound('there is no prompt 99')],
  TooLarge: ['The body is too large', tooLarge('body', 1_048_576)],
  UnsupportedMediaType: ['Another content type is needed', unsupportedMediaType('application/json', 'text/plain')],
  InvalidRequest: [
    'A field is invalid',
    invalid([
      {
        field: 'query.limit',
        detail: 'Too small: expected number to be >=1',
        code: 'too_small',
        params: { minimum: 1 },
      },
    ]),
  ],
  TooManyRequests: [
    'Too many requests; `Retry-After` has the seconds to wait',
    new Problem(429, 'Too many requests', 'wait 2 s'),
  ],
  Unavailable: [
    'The database, the disk or Asterisk is not available; send it again later',
    new Problem(503, 'Unavailable', 'the database or the disk cannot be written at the moment; send it again later'),
  ],
} as const satisfies Record<string, readonly [string, Problem]>;

type ProblemName = keyof typeof problems;

/** The errors for `components.responses`. */
export const problemResponses = {
  ...Object.fromEntries(
    Object.entries(problems).map(([name, [description, example]]) => [
      name,
      {
        description,
        content: {
          [PROBLEM_TYPE]: { schema: PROBLEM_SCHEMA, example: JSON.parse(JSON.stringify(example)) as unknown },
        },
      },
    ]),
  ),
  Problem: { description: 'The error', content: { [PROBLEM_TYPE]: { schema: PROBLEM_SCHEMA } } },
};

/** Content of an error that a route describes only in words. */
export const problemContent = { [PROBLEM_TYPE]: { schema: PROBLEM_SCHEMA } };

/** The errors that any such route can answer with, by status: references, or what a route describes in place of problem documents. */
export function usualProblems(
  { scope, params, query, body, upload, errors }: DescribedRoute,
  schemas: Schemas,
): Record<string, unknown> {
  if (errors) {
    const answer = {
      description: 'The error',
      content: { 'application/json': { schema: schemas.read(errors, 'output') } },
    };
    return { '4XX': answer, default: answer };
  }
  const needsLogin = scope !== 'public';
  const takesBody = body !== undefined || upload !== undefined;
  const names: [boolean, ProblemName][] = [
    [body !== undefined, 'BadRequest'],
    [needsLogin, 'Unauthorized'],
    [needsLogin, 'Forbidden'],
    [params !== undefined, 'NotFound'],
    [takesBody, 'TooLarge'],
    [takesBody, 'UnsupportedMediaType'],
    [takesBody || query !== undefined, 'InvalidRequest'],
    [true, 'TooManyRequests'],
    [true, 'Unavailable'],
  ];
  const used = names.filter(([isPossible]) => isPossible).map(([, name]) => name);
  return {
    ...Object.fromEntries(used.map((name) => [problems[name][1].status, { $ref: `#/components/responses/${name}` }])),
    default: { $ref: '#/components/responses/Problem' },
  };
}
