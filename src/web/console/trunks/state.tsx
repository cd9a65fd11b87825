import type { IconName } from '../../icons.js';
import type { SystemState } from '../system/types.js';
import { Badge, type Tone } from '../ui/badge.js';
import { When } from '../ui/when.js';
import { fill } from '../../../lib/fill.js';
import { problemTexts, stateTexts as texts } from './state-texts.js';

export type TrunkState = SystemState['trunks'][number];

/** By colour, shape and word. */
const CONDITIONS: Record<TrunkState['state'], { tone: Tone; icon: IconName }> = {
  registered: { tone: 'free', icon: 'free' },
  reachable: { tone: 'free', icon: 'free' },
  unchecked: { tone: 'quiet', icon: 'free' },
  busy: { tone: 'wait', icon: 'talk' },
  registering: { tone: 'wait', icon: 'wait' },
  rejected: { tone: 'bad', icon: 'warning' },
  unreachable: { tone: 'bad', icon: 'warning' },
  missing: { tone: 'bad', icon: 'warning' },
  disabled: { tone: 'quiet', icon: 'off' },
  unknown: { tone: 'quiet', icon: 'off' },
};

export function titleOf({ name, title }: Pick<TrunkState, 'name' | 'title'>): string {
  return title === '' ? name : title;
}

/** What a trunk does now, what is wrong with it, and why its last call failed. */
export function TrunkCondition({ trunk }: { trunk: TrunkState }) {
  const { state, problem_code, problem_values, channels, max_channels, last_error } = trunk;
  return (
    <>
      <span data-state={state}>
        <Badge {...CONDITIONS[state]}>{texts.conditions[state]}</Badge>
      </span>{' '}
      {texts.calls(channels, max_channels)}
      {problem_code !== null && <p class="soft">{fill(problemTexts[problem_code], problem_values)}</p>}
      {last_error !== null && (
        <p class="soft">
          {texts.lastError} <When at={last_error.at} />: {fill(problemTexts[last_error.code], last_error.values)}
        </p>
      )}
    </>
  );
}
