import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { formatDuration } from '../format.js';
import type { IconName } from '../../icons.js';
import { Badge, type Tone } from '../ui/badge.js';
import { now } from '../ui/clock.js';
import { texts } from './texts.js';

type Queues = paths['/api/v1/queues']['get']['responses'][200]['content']['application/json'];
export type QueueState = Queues['queues'][number];

export async function loadQueues() {
  return api.get('/api/v1/queues');
}

/** How many callers wait, and how long the first one has. */
export function WaitingBadge({ queue }: { queue: QueueState }) {
  if (queue.waiting === 0)
    return (
      <Badge tone="quiet" icon="check">
        {texts.nobodyWaits}
      </Badge>
    );
  const since = Math.min(...queue.calls.map(({ since: at }) => Date.parse(at)));
  const longest = Number.isFinite(since) ? `, ${texts.longest(formatDuration(now.value - since))}` : '';
  return (
    <Badge tone="ring" icon="wait">
      {texts.waiting(queue.waiting) + longest}
    </Badge>
  );
}

type Activity = 'free' | 'ringing' | 'busy' | 'paused' | 'away';

function activityOf(handset: QueueState['handsets'][number], queue: number): Activity {
  if (handset.state === 'busy' || handset.state === 'ringing') return handset.state;
  if (handset.queues.some((membership) => membership.queue === queue && membership.paused)) return 'paused';
  return handset.state === 'free' ? 'free' : 'away';
}

/** By the member who can answer soonest. */
function lookOf(count: (activity: Activity) => number): { tone: Tone; icon: IconName } {
  if (count('free') > 0) return { tone: 'free', icon: 'free' };
  if (count('busy') > 0) return { tone: 'talk', icon: 'talk' };
  return count('ringing') > 0 ? { tone: 'ring', icon: 'ring' } : { tone: 'pause', icon: 'pause' };
}

/** Who can answer: free, talking, paused. */
export function MembersBadge({ queue }: { queue: QueueState }) {
  const activities = queue.handsets.map((handset) => activityOf(handset, queue.id));
  const count = (activity: Activity) => activities.filter((each) => each === activity).length;
  const words = (['free', 'busy', 'ringing', 'paused'] as const)
    .filter((activity) => count(activity) > 0)
    .map((activity) => texts.members[activity](count(activity)));
  if (words.length === 0)
    return (
      <Badge tone="bad" icon="off">
        {texts.nobodyThere}
      </Badge>
    );
  return <Badge {...lookOf(count)}>{words.join(', ')}</Badge>;
}
