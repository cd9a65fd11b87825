import type { IconName } from '../../icons.js';
import { Badge, type Tone } from '../ui/badge.js';
import { statusTexts } from './status-texts.js';
import { texts } from './texts.js';
import type { Bridge, Notification } from './types.js';

interface Look {
  tone: Tone;
  icon: IconName;
}

const FAILED: Look = { tone: 'bad', icon: 'warning' };
const OVER: Look = { tone: 'quiet', icon: 'close' };
const WAITS: Look = { tone: 'wait', icon: 'wait' };
const CALLS: Look = { tone: 'ring', icon: 'outgoing' };

const RESULTS: Partial<Record<NonNullable<Notification['result']>, Look>> = {
  delivered: { tone: 'free', icon: 'check' },
  superseded: OVER,
  canceled: OVER,
};

/** The state of a notification, and its result when it is done. */
export function NotificationState({ notification: { state, result } }: { notification: Notification }) {
  if (result !== null) return <Badge {...(RESULTS[result] ?? FAILED)}>{statusTexts.results[result]}</Badge>;
  return <Badge {...(state === 'calling' ? CALLS : WAITS)}>{texts.states[state]}</Badge>;
}

/** The status of an order in words; one that is not ours as it was given. */
export function statusWords({ status, known_status: known }: Pick<Notification, 'status' | 'known_status'>): string {
  return known === null ? status : statusTexts.statuses[known];
}

const BRIDGES: Record<Bridge['state'], Look> = {
  queued: WAITS,
  dialing_a: CALLS,
  a_answered: CALLS,
  dialing_b: CALLS,
  bridged: { tone: 'talk', icon: 'talk' },
  ended: { tone: 'quiet', icon: 'check' },
  failed: FAILED,
};

export function BridgeState({ bridge: { state, failed } }: { bridge: Bridge }) {
  return (
    <Badge {...BRIDGES[state]}>
      {failed === null ? texts.bridgeStates[state] : `${texts.legs[failed.leg]}: ${texts.reasons[failed.reason]}`}
    </Badge>
  );
}
