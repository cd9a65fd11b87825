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

const CALLBACK = 'callback:';

/** Deliveries of callbacks are listed under `callback:` and the name of their address. */
export function isCallback(receiver: string): boolean {
  return receiver.startsWith(CALLBACK);
}

const ALARM = 'alarm:';

/** Deliveries to receivers of alarms are listed under `alarm:` and the name of the receiver. */
export function isAlarmReceiver(receiver: string): boolean {
  return receiver.startsWith(ALARM);
}

export function receiverName(receiver: string): string {
  if (isAlarmReceiver(receiver)) return `${receiver.slice(ALARM.length)} (${texts.alarms})`;
  return isCallback(receiver) ? `${receiver.slice(CALLBACK.length)} (${texts.callback})` : receiver;
}

/** An event in words; unknown ones as they are. */
export function eventName(event: string): string {
  return Object.hasOwn(texts.events, event) ? texts.events[event as keyof typeof texts.events] : event;
}
