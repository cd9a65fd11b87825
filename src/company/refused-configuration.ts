import { Problem } from '../http/problem.js';
import type { DocumentProblem } from './problem.js';

/** 422 with every problem of a configuration that was not applied. */
export function configurationRefused(problems: DocumentProblem[]): Problem {
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ path, line, message, remedy }) => ({
      field: path === '' ? 'body' : path,
      detail: `line ${line}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`,
    }));
  const detail = `the configuration has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}; nothing was changed`;
  return new Problem(422, 'Configuration refused', detail, { errors, extra: { problems } });
}
