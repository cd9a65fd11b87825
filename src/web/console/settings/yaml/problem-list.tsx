import { problemText } from '../../plans/problem-texts.js';
import type { LintProblem } from '../../plans/types.js';
import { Icon } from '../../ui/icon.js';
import { texts } from './texts.js';

interface ProblemListProps {
  /** Undefined while they are looked for. */
  problems: readonly LintProblem[] | undefined;
  onShow: (problem: LintProblem) => void;
}

/** What is wrong with the text and what helps, each with its line. */
export function ProblemList({ problems, onShow }: ProblemListProps) {
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{texts.problems}</h2>
      <div role="status">
        {problems === undefined ? (
          <p class="soft">{texts.checking}</p>
        ) : (
          problems.length === 0 && (
            <p>
              <Icon name="check" /> {texts.noProblems}
            </p>
          )
        )}
      </div>
      <ul class="yaml-problems">
        {problems?.map((problem) => (
          <li key={`${problem.line} ${problem.path} ${problem.message}`} class={problem.severity}>
            <Icon name="warning" />
            <span>
              <strong>{texts.severity[problem.severity]}</strong>{' '}
              <button type="button" class="link" onClick={() => onShow(problem)}>
                {texts.line(problem.line)}
              </button>
              : {problemText(problem)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
