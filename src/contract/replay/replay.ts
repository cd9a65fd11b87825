import type { TelfaProfile } from '../../integrations/telfa/profile.js';
import type { Company } from '../../company/company.js';
import { skip, type CheckRow, type Verdict } from '../verify/sheet.js';
import { isControl, judgeControl } from './control.js';
import { HandOverReplays, isHandOver, type HandOverReplay } from './hand-over.js';
import { IntegrationReplays } from './integrations.js';
import { fieldsOf, type NamedFixture } from './read-fixtures.js';

interface ReplayOptions extends Omit<HandOverReplay, 'country'> {
  profile: TelfaProfile;
  company: Company;
}

/** Replays recorded exchanges in order against our side of the contracts. Sends nothing to other systems. */
export async function replay(fixtures: readonly NamedFixture[], options: ReplayOptions): Promise<CheckRow[]> {
  const { company, profile } = options;
  const handOvers = new HandOverReplays({ ...options, country: company.country });
  const integrations = await IntegrationReplays.start(company);
  const judge = async (named: NamedFixture): Promise<{ what: string; verdict: Verdict }> => {
    const { request } = named.fixture;
    const way = integrations.wayOf(request);
    if (way !== undefined) return { what: way, verdict: await integrations.judge(named) };
    const fields = fieldsOf(request);
    if (fields !== undefined && isHandOver(fields))
      return { what: 'hand-over', verdict: handOvers.judge(named, fields) };
    if (isControl(named)) return { what: 'control API', verdict: judgeControl(named, profile) };
    return { what: 'other', verdict: skip('matches no known contract; look at it') };
  };
  try {
    const rows: CheckRow[] = [];
    for (const named of fixtures) {
      const { what, verdict } = await judge(named);
      rows.push({ id: named.name, what: `${named.name}: ${what}`, ...verdict });
    }
    return rows;
  } finally {
    await integrations.stop();
  }
}
