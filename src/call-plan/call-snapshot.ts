import type { CallSnapshot } from '../telephony/call-snapshot.js';
import { companyParty } from './company-party.js';
import type { HandsetTransfer } from './handset-transfer/state.js';
import { parkedOf } from './parking/state.js';
import type { ActionState, PlanState } from './state.js';
import type { QueueVisitState } from './steps/queue-visit.js';
import type { ConnectionState } from './steps/connection.js';
import { tallyOf } from './tally.js';

/** The caller's connection: ringing, or in a talk. */
export function connectionOf(action: ActionState | null): ConnectionState | undefined {
  return action?.type === 'ring' || action?.type === 'connect' ? action.ringing : undefined;
}

/**
 * The current state of the call, as the monitor shows it.
 * @param stay the call's visit to a queue
 */
export function callSnapshotOf(state: PlanState, stay: QueueVisitState | undefined): CallSnapshot {
  const { caller, label, action, dialling, startedAt } = state;
  const ringing = connectionOf(action);
  const legs = ringing?.legs ?? [];
  return {
    name: caller.name,
    label,
    from: companyParty(state),
    rings: [
      ...(dialling?.rang === true ? [{ who: dialling.to, since: startedAt }] : []),
      ...legs
        .filter(({ stands }) => stands === 'ringing')
        .map(({ to }) => ({ who: to, since: ringing?.startedAt ?? 0 })),
      ...ringOfTransfer(state.handsetTransfer),
      ...ringOfPark(action),
    ],
    talk: talkOf(state, ringing, stay),
    transfer: transferOf(state.handsetTransfer),
    parked: action?.type === 'park' ? parkedOf(action) : undefined,
  };
}

function ringOfTransfer(transfer: HandsetTransfer | undefined): CallSnapshot['rings'] {
  if (transfer === undefined) return [];
  const { phase, returning, operator } = transfer;
  return [
    ...(phase.type === 'ringing' ? [{ who: phase.to, since: phase.since }] : []),
    ...(returning === undefined ? [] : [{ who: { handset: operator.handset }, since: returning.since }]),
  ];
}

function ringOfPark(action: ActionState | null): CallSnapshot['rings'] {
  const ringing = action?.type === 'park' ? action.ringing : undefined;
  return ringing === undefined ? [] : [{ who: { handset: ringing.handset }, since: ringing.since }];
}

function transferOf(transfer: HandsetTransfer | undefined): CallSnapshot['transfer'] {
  if (transfer === undefined || !('to' in transfer.phase)) return undefined;
  const { type, to } = transfer.phase;
  return { by: transfer.operator.handset, to, state: type };
}

function talkOf(
  state: PlanState,
  ringing: ConnectionState | undefined,
  stay: QueueVisitState | undefined,
): CallSnapshot['talk'] {
  const other = ringing?.legs.find(({ stands }) => stands === 'talking')?.to ?? (stay?.answered ? state.agent : null);
  if (other === null) return null;
  const since = tallyOf(state).talkingSince ?? state.talkedAt ?? ringing?.startedAt ?? 0;
  return { who: companyParty(state) ?? other, since };
}
