// Formats the response of /readyz as text lines.

const line = ({ check, problem, remedy }) =>
  `  ${check}: ${problem}${remedy === undefined ? '' : `\n    -> ${remedy}`}`;

/** The problems that keep the gateway from being ready. */
export function blockingProblems({ problems = [] }) {
  return problems
    .filter(({ blocking }) => blocking)
    .map(line)
    .join('\n');
}

/** All problems; empty when there are none. */
export function allProblems({ problems = [] }) {
  return problems.map(line).join('\n');
}
