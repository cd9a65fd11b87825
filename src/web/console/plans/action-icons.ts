import type { IconName } from '../../icons.js';

const ICONS: Record<string, IconName> = {
  answer: 'incoming',
  play: 'prompts',
  menu: 'keyboard',
  collect: 'keyboard',
  hand_over: 'integrations',
  hours: 'clock',
  go_to_part: 'plans',
  ring: 'ring',
  connect: 'talk',
  order_status: 'order',
  call_back: 'outgoing',
  enqueue: 'wait',
  take_message: 'microphone',
  hang_up: 'off',
};

export function actionIcon(name: string): IconName {
  return ICONS[name] ?? 'free';
}
