import { z } from 'zod';

const params = z.record(z.string(), z.unknown()).describe('Values for a translation of the code, such as `minimum`');

/** A problem document (RFC 9457); a route that adds members to it describes them with `extend`. */
export const problemDocument = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().describe('English; people read a translation of `code` with `params`'),
    code: z.string().describe('Machine-readable kind of the problem, such as `not_found`'),
    params: params.optional(),
    errors: z
      .array(
        z.object({
          field: z.string().describe('Place of the invalid value, such as `body.name` or `query.limit`'),
          detail: z.string(),
          code: z.string().describe('Machine-readable kind of the error, such as `too_small`'),
          params: params.optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'An error with its cause and remedy' });
