import type { IconName } from '../../icons.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { Badge, type Tone } from '../ui/badge.js';
import type { Delivery } from './types.js';

const texts = integrationTexts.webhooks;

const LOOKS: Record<Delivery['state'], { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'wait', icon: 'wait' },
  delivered: { tone: 'free', icon: 'check' },
  dropped: { tone: 'quiet', icon: 'off' },
  dead: { tone: 'bad', icon: 'warning' },
};

export function DeliveryState({ state }: Pick<Delivery, 'state'>) {
  return <Badge {...LOOKS[state]}>{texts.deliveryStates[state]}</Badge>;
}

/** An event in words; unknown ones as they are. */
export function eventName(event: string): string {
  return Object.hasOwn(texts.events, event) ? texts.events[event as keyof typeof texts.events] : event;
}
