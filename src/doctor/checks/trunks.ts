import { inEnglish } from '../../directory/trunk-problem.js';
import { isFaulty, type TrunkState } from '../../directory/trunk-states.js';
import { failed, ok, type Finding } from '../finding.js';

/** The company's trunks, with what is wrong with each. */
export function checkTrunks(states: readonly TrunkState[]): Finding {
  const shown = ({ name, state, problem }: TrunkState) =>
    `${name}: ${state}${problem === null ? '' : ` (${inEnglish(problem)})`}`;
  const faulty = states.filter(isFaulty);
  if (faulty.length > 0) return failed(faulty.map(shown).join('; '), 'trunk_of_company');
  return ok(states.map(shown).join('; '));
}
