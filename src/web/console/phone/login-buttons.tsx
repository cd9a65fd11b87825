import { state } from '../now/live.js';
import { OwnHandset } from '../now/own-handset.js';
import { session } from '../session.js';
import { Badge } from '../ui/badge.js';
import { texts as nowTexts } from '../now/texts.js';

/** The login and pause of the own handset, beside the number of callers in its queues. */
export function LoginButtons() {
  const handset = session.handset === null ? undefined : state.value?.handsets[session.handset];
  if (handset === undefined) return null;
  const waiting = handset.queues.reduce((sum, { queue }) => sum + (state.value?.queues[queue]?.waiting ?? 0), 0);
  const isPaused = handset.queues.length > 0 && handset.queues.every(({ paused }) => paused);
  return (
    <div class="queue-state">
      {handset.queues.length > 0 && <span class="soft">{nowTexts.waiting(waiting)}</span>}
      {isPaused && (
        <Badge tone="pause" icon="pause">
          {nowTexts.paused}
        </Badge>
      )}
      <OwnHandset handset={handset} />
    </div>
  );
}
