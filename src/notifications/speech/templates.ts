import type { Occasions, SpeechPiece, SimplePiece, Template } from '../../orders/speech-schema.js';
import type { OrderStatus } from '../../orders/status.js';

/** Default templates for each status; the same pieces in all languages. */

const apologizing: ReadonlySet<OrderStatus> = new Set([
  'driver_late',
  'overdue',
  'driver_refused',
  'no_driver',
  'cancelled_by_driver',
]);

function say(what: string, before: string[] = []): SimplePiece {
  return { say: what, before, after: [], case: 'accusative' };
}

/** Describes the car: `sentence` with make and model if one of them is known, else `otherwise`; then colour and plate. */
function car(sentence: string, otherwise: string[]): SpeechPiece[] {
  return [
    {
      choose: [[sentence, say('mark'), say('model')], [sentence, say('mark')], [sentence, say('model')], otherwise],
    },
    say('colour', ['colour']),
    say('plate', ['plate']),
  ];
}

const spokenByDefault: Record<OrderStatus | 'unknown', SpeechPiece[]> = {
  new: ['new'],
  accepted: [...car('coming', ['coming-car']), say('minutes', ['arrives-in'])],
  driver_finishing_current: ['finishing-current', ...car('will-come', []), say('minutes', ['expect-in'])],
  arrived: car('waiting', ['waiting-car']),
  paid_waiting: ['paid-waiting', ...car('waiting', ['waiting-car'])],
  executing: ['executing'],
  completed_paid: ['completed'],
  client_refused: ['client-refused'],
  driver_late: ['driver-late', ...car('coming', []), say('minutes', ['expect-in'])],
  overdue: ['overdue'],
  driver_refused: ['driver-refused'],
  no_driver: ['no-driver'],
  cancelled_by_driver: ['cancelled-by-driver'],
  ordered_by_mistake: ['by-mistake'],
  unknown: ['changed'],
};

/** Differences for a caller who inquires: "the status has changed" would not answer the question. */
const spokenOnInquiry: Partial<typeof spokenByDefault> = { unknown: ['ask-operator'] };

/** Undefined when there is no such template. */
export function defaultTemplate(name: string, occasion: keyof Occasions): Template | undefined {
  if (!isName(name)) return undefined;
  if (occasion === 'inquiry') return spokenOnInquiry[name] ?? spokenByDefault[name];
  return ['greeting', ...spokenByDefault[name], apologizing.has(name as OrderStatus) ? 'closing-sorry' : 'closing'];
}

function isName(name: string): name is keyof typeof spokenByDefault {
  return Object.hasOwn(spokenByDefault, name);
}
