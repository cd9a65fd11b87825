import type { CallSnapshot } from '../telephony/call-snapshot.js';
import { ownSide } from './own-side.js';
import type { ActionState, PlanState } from './state.js';
import type { Queueing } from './steps/queueing.js';
import type { Ringing } from './steps/ringing.js';
import { tallyOf } from './tally.js';

/** The ringing, or the talk, that the caller is in. */
export function ringingOf(action: ActionState | null): Ringing | undefined {
  return action?.type === 'ring' || action?.type === 'connect' ? action.ringing : undefined;
}

/**
 * What somebody who watches the call sees of it now.
 * @param stay the call's stay in a queue
 */
export function callSnapshotOf(state: PlanState, stay: Queueing | undefined): CallSnapshot {
  const { caller, label, action, dialling, startedAt } = state;
  const ringing = ringingOf(action);
  const legs = ringing?.legs ?? [];
  return {
    name: caller.name,
    label,
    from: ownSide(state),
    rings: [
      ...(dialling?.rang === true ? [{ who: dialling.to, since: startedAt }] : []),
      ...legs
        .filter(({ stands }) => stands === 'ringing')
        .map(({ to }) => ({ who: to, since: ringing?.startedAt ?? 0 })),
    ],
    talk: talkOf(state, ringing, stay),
  };
}

function talkOf(state: PlanState, ringing: Ringing | undefined, stay: Queueing | undefined): CallSnapshot['talk'] {
  const other = ringing?.legs.find(({ stands }) => stands === 'talking')?.to ?? (stay?.answered ? state.agent : null);
  if (other === null) return null;
  const since = tallyOf(state).talkingSince ?? state.talkedAt ?? ringing?.startedAt ?? 0;
  return { who: ownSide(state) ?? other, since };
}
