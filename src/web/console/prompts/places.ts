import { groupDigits } from '../format.js';
import { session } from '../session.js';
import { offeredPages } from '../shell/place.js';
import type { PlaceTexts } from '../../texts/en/places.js';
import { loadTexts } from '../texts.js';

export interface Place {
  text: string;
  /** Address of the page where the place is edited. */
  href?: string;
}

const places = await loadTexts(import.meta.glob<PlaceTexts>('../../texts/*/places.ts', { import: 'placeTexts' }));

/** The place of a pointer into the company's document, such as `parts/main-menu/0/menu/keys/9/1`, in words. */
function placeOf(where: string): Place {
  const [section = '', key = '', ...inside] = where.split('/');
  switch (section) {
    case 'lines':
      return linked(withKeys(places.line(lineName(key)), inside), '/plans', `/lines/${encodeURIComponent(key)}`);
    case 'parts':
      return linked(withKeys(places.part(key), inside), '/plans', `/parts/${encodeURIComponent(key)}`);
    case 'queues':
      return linked(places.queue(queueName(key)), '/queues', `/${encodeURIComponent(key)}`);
    case 'reject_prompt':
      return linked(places.rejected, '/settings', '');
    case 'orders':
      return linked(places.orders, '/settings', '');
    case 'bridges':
      return linked(places.bridges, '/settings', '');
    case 'notifications':
      return linked(places.notifications, '/settings', '');
    case 'status_speech':
      return linked(places.speech, '/settings', '');
    default:
      return { text: where };
  }
}

/** Only pages that the menu offers to the visitor can be linked. */
function linked(text: string, page: string, path: string): Place {
  return offeredPages().some((offered) => offered.path === page) ? { text, href: page + path } : { text };
}

/** Places of the same text only once. */
export function placesOf(usedIn: readonly { where: string }[]): Place[] {
  const found = usedIn.map(({ where }) => placeOf(where));
  return found.filter(({ text }, index) => found.findIndex((place) => place.text === text) === index);
}

/** The keys that a caller presses to get there. */
function withKeys(place: string, inside: readonly string[]): string {
  const keys = inside.flatMap((step, index) => (inside[index - 1] === 'keys' ? [places.key(step)] : []));
  return [place, ...keys].join(', ');
}

function lineName(number: string): string {
  return session.lines.find((line) => line.number === number)?.name || groupDigits(number);
}

function queueName(id: string): string {
  return session.queues.find((queue) => String(queue.id) === id)?.name ?? id;
}
