import type { LiveCall } from '../flows/live.js';
import type { PlanState } from './state.js';

/** What somebody who watches the call sees of it now. */
export function liveOf({ caller, label, action, talkedAt, dialling, startedAt }: PlanState): LiveCall {
  const ringing = action?.on === 'ring' ? action.ringing : undefined;
  const legs = ringing?.legs ?? [];
  const talking = legs.find(({ stands }) => stands === 'talking');
  const since = ringing?.startedAt ?? 0;
  return {
    name: caller.name,
    label,
    rings: [
      ...(dialling?.rang === true ? [{ who: dialling.to, since: startedAt }] : []),
      ...legs.filter(({ stands }) => stands === 'ringing').map(({ to }) => ({ who: to, since })),
    ],
    talk: talking === undefined ? null : { who: talking.to, since: talkedAt ?? since },
  };
}
