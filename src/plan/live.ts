import type { LiveCall } from '../flows/live.js';
import type { ActionState, PlanState } from './state.js';
import type { Ringing } from './steps/ringing.js';

/** The ringing, or the talk, that the caller is in. */
export function ringingOf(action: ActionState): Ringing | undefined {
  return action.on === 'ring' ? action.ringing : action.on === 'connect' ? action.ringing : undefined;
}

/** What somebody who watches the call sees of it now. */
export function liveOf({ caller, label, action, talkedAt, dialling, startedAt }: PlanState): LiveCall {
  const ringing = action === null ? undefined : ringingOf(action);
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
