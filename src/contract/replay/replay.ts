import type { TelfaProfile } from '../../integrations/telfa/profile.js';
import { skip, type Row, type Verdict } from '../verify/sheet.js';
import { isControl, judgeControl } from './control.js';
import { HandOverReplays, isHandOver, type HandOverReplay } from './hand-over.js';
import { fieldsOf, type NamedFixture } from './read-fixtures.js';

export interface ReplayOptions extends HandOverReplay {
  profile: TelfaProfile;
}

/** Runs recorded exchanges, in their order, through our side of the contracts. Asks nobody anything. */
export function replay(fixtures: readonly NamedFixture[], options: ReplayOptions): Row[] {
  const handOvers = new HandOverReplays(options);
  const judge = (named: NamedFixture): { what: string; verdict: Verdict } => {
    const fields = fieldsOf(named.fixture.request);
    if (fields !== undefined && isHandOver(fields))
      return { what: 'hand-over', verdict: handOvers.judge(named, fields) };
    if (isControl(named)) return { what: 'control API', verdict: judgeControl(named, options.profile) };
    return { what: 'other', verdict: skip('of no contract that is known here; look at it') };
  };
  return fixtures.map((named) => {
    const { what, verdict } = judge(named);
    return { id: named.name, what: `${named.name}: ${what}`, ...verdict };
  });
}
