import { z } from 'zod';
import { compact } from '../../../lib/compact.js';
import type { DescribedRoute } from '../../../http/described-route.js';
import { inPascalCase } from '../../../http/operation-id.js';
import { controlAnswers, controlErrors } from './answers.js';
import type { Endpoint } from './endpoint.js';
import { rows } from './endpoints/index.js';

/** The calls of the control API in JSON, for the description of the API. */
export function describedControlCalls(): DescribedRoute[] {
  return rows.map(described);
}

function described({ name, method, path, scope, input }: Endpoint): DescribedRoute {
  const [summary, answer] = controlAnswers[name];
  const { inPath, others } = fieldsOf(path, input);
  const hasBody = method === 'POST' || method === 'PUT';
  return compact({
    method,
    path: `${path}.json`,
    scope,
    summary: `Telfa: ${summary}`,
    operationId: `telfa${inPascalCase(name)}`,
    tag: 'telfa',
    logins: [{ token: [] }, { password: [] }, { api_key: [] }],
    errors: controlErrors,
    params: inPath,
    body: hasBody ? others : undefined,
    query: hasBody ? undefined : others,
    answers: {
      200:
        answer === 'audio'
          ? { description: 'The sound', type: 'audio/wav' }
          : { description: 'Done, or stored and carried out even after a crash', schema: answer },
    },
  });
}

/** The fields of a call by their place; undefined: it has none there. */
function fieldsOf(path: string, input: z.ZodType): Record<'inPath' | 'others', z.ZodObject | undefined> {
  const fields = input instanceof z.ZodObject ? Object.entries<z.ZodType>(input.shape) : [];
  const names = new Set(path.split('/').flatMap((part) => (part.startsWith(':') ? [part.slice(1)] : [])));
  const among = (isWanted: boolean) => {
    const chosen = fields.filter(([name]) => names.has(name) === isWanted);
    return chosen.length === 0 ? undefined : z.object(Object.fromEntries(chosen));
  };
  return { inPath: among(true), others: among(false) };
}
