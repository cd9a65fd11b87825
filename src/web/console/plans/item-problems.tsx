import type { PlanEditor } from './editor-state.js';
import { problemText } from './problem-texts.js';
import { Remedies } from './remedies.js';
import type { PlacedProblem } from './step-problems.js';

/** Problems of the line or part as a whole. */
export function ItemProblems({ editor, problems }: { editor: PlanEditor; problems: readonly PlacedProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="step-problems">
      {problems.map(({ problem }) => (
        <p key={problem.path + problem.message} class={problem.severity === 'error' ? 'bad' : 'soft'}>
          {problemText(problem)}
        </p>
      ))}
      <Remedies editor={editor} problems={problems} />
    </div>
  );
}
