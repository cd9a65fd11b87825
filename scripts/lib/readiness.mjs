// What /readyz says, as lines for people.

const line = ({ check, problem, remedy }) =>
  `  ${check}: ${problem}${remedy === undefined ? '' : `\n    -> ${remedy}`}`;

/** What keeps the gateway from being ready. */
export function blockingProblems({ problems = [] }) {
  return problems
    .filter(({ blocking }) => blocking)
    .map(line)
    .join('\n');
}

/** All that is wrong; empty when nothing is. */
export function allProblems({ problems = [] }) {
  return problems.map(line).join('\n');
}
