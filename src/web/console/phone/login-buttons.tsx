import { state } from '../now/live.js';
import { OwnHandset } from '../now/own-handset.js';
import { session } from '../session.js';
import { Badge } from '../ui/badge.js';
import { texts as nowTexts } from '../now/texts.js';
import { LongestWait } from './workday/longest-wait.js';
import { WrapUp } from './workday/wrap-up.js';

/** As in directory/queue-membership.ts. */
const EXTENDED_WRAP_UP = 'wrap_up';

/** The login and pause of the own handset, beside the number of callers in its queues. */
export function LoginButtons() {
  const handset = session.handset === null ? undefined : state.value?.handsets[session.handset];
  if (handset === undefined) return null;
  const waiting = handset.queues.reduce((sum, { queue }) => sum + (state.value?.queues[queue]?.waiting ?? 0), 0);
  const pauses = handset.queues.filter(({ paused }) => paused);
  const isPaused = handset.queues.length > 0 && pauses.length === handset.queues.length;
  // An extended wrap-up has its own words.
  const reason = pauses.find(({ pause_reason }) => pause_reason !== undefined)?.pause_reason;
  return (
    <div class="queue-state">
      {handset.queues.length > 0 && <span class="soft">{nowTexts.waiting(waiting)}</span>}
      <LongestWait queues={handset.queues.map(({ queue }) => queue)} />
      <WrapUp />
      {isPaused && reason !== EXTENDED_WRAP_UP && (
        <Badge tone="pause" icon="pause">
          {reason === undefined ? nowTexts.paused : `${nowTexts.paused}: ${reason}`}
        </Badge>
      )}
      <OwnHandset handset={handset} />
    </div>
  );
}
