import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { session } from '../session.js';
import { Badge } from '../ui/badge.js';
import { texts } from './texts.js';

type Handsets = paths['/api/v1/handsets']['get']['responses'][200]['content']['application/json'];
export type HandsetState = Handsets['handsets'][number];

export async function loadHandsets() {
  return api.get('/api/v1/handsets');
}

export function titleOf({ name, display_name }: Pick<HandsetState, 'name' | 'display_name'>): string {
  return display_name === '' ? name : display_name;
}

/** The name of a handset's user; undefined without one. */
export function userOf({ name, display_name }: Pick<HandsetState, 'name' | 'display_name'>): string | undefined {
  const title = session.handsets.find((each) => each.name === name)?.title;
  return title === undefined || title === name || title === display_name ? undefined : title;
}

/** The most important fact about a handset: no phone, a talk, a pause, or free. */
export function HandsetBadge({ handset }: { handset: HandsetState }) {
  const { queues, registered } = handset;
  if (!registered)
    return (
      <Badge tone="bad" icon="off">
        {texts.notRegistered}
      </Badge>
    );
  if (queues.some(({ state }) => state === 'ringing'))
    return (
      <Badge tone="ring" icon="ring">
        {texts.states.ringing}
      </Badge>
    );
  if (queues.some(({ state }) => state === 'busy'))
    return (
      <Badge tone="talk" icon="talk">
        {texts.states.busy}
      </Badge>
    );
  const paused = queues.find((queue) => queue.logged_in && queue.paused);
  if (paused !== undefined)
    return (
      <Badge tone="pause" icon="pause">
        {pauseText(paused.pause_reason)}
      </Badge>
    );
  if (queues.length > 0 && queues.every((queue) => !queue.logged_in))
    return (
      <Badge tone="quiet" icon="logOut">
        {texts.loggedOut}
      </Badge>
    );
  return (
    <Badge tone="free" icon="free">
      {texts.states.free}
    </Badge>
  );
}

export function queueNames({ queues }: HandsetState): string {
  return queues.map(({ queue }) => session.queues.find(({ id }) => id === queue)?.name ?? String(queue)).join(', ');
}

/** @param reason `wrap_up`: an extended wrap-up time */
function pauseText(reason: string): string {
  if (reason === 'wrap_up') return texts.wrapUp;
  return reason === '' ? texts.paused : `${texts.paused}: ${reason}`;
}
