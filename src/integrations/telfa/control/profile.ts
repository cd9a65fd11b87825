import { z } from 'zod';
import { rowNames } from './endpoint-names.js';

const positive = z.coerce.number().int().positive();
const byId = <T extends z.ZodType>(value: T) => z.record(z.string().regex(/^[1-9]\d{0,8}$/, 'a whole number'), value);

/** Changes of the company to the control API: `profiles: { telfa: { control: { … } } }`. */
export const controlProfile = z.strictObject({
  /** Additional paths: `POST /hovory/poloz: interrupt`. Names of calls: docs/control-api.md. */
  paths: z
    .record(
      z.string().regex(/^(GET|POST|PUT|DELETE) \/[\w~/:-]+$/, 'a method and a path, such as POST /calls/end'),
      z.enum(rowNames, 'the name of a call, see docs/control-api.md'),
    )
    .default({}),
  /** Renamed fields, in requests and responses. */
  rename: z.record(z.string(), z.string().regex(/^[A-Za-z_][\w-]*$/, 'a name that XML can have')).default({}),
  /** Ids that the shop knows, and the part or line of each. */
  recipe_ids: byId(z.string()).default({}),
  number_ids: byId(z.string()).default({}),
  /** The shop's numbers of voices: `{ 2: cs+f2 }`. */
  voices: byId(z.string()).default({}),
  /** Empty lists in XML. */
  empty_list: z.enum(['nil-classes', 'named']).default('nil-classes'),
  /** Whether JSON has the root element: `{"call":{…}}`. */
  json_root: z.boolean().default(false),
  page_size: positive.max(200).default(30),
});

export type ControlProfile = z.output<typeof controlProfile>;
