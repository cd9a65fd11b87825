import { judgeNumber } from '../../directory/dial-rules.js';
import { toE164 } from '../../directory/numbers.js';
import type { CollectAction, EnqueueAction, HandOverAction, MenuAction, RingAction } from '../plan-schema.js';
import { walk } from '../walk.js';
import { lintHours, lintTimes } from './hours.js';
import type { Report } from './report.js';

/** Rules about single actions: what they name must exist, and what they ask for must be possible. */
export function lintActions(report: Report): void {
  for (const { pointer, action } of walk(report.company)) {
    if ('go_to_part' in action) lintGoToPart(report, pointer, action.go_to_part);
    if ('menu' in action) lintMenu(report, pointer, action.menu);
    if ('collect' in action) lintCollect(report, pointer, action.collect);
    if ('hand_over' in action) lintHandOver(report, pointer, action.hand_over);
    if ('hours' in action) lintHours(report, `${pointer}/hours`, action.hours);
    if ('ring' in action) lintRing(report, pointer, action.ring);
    if ('enqueue' in action) lintEnqueue(report, pointer, action.enqueue);
  }
}

function lintGoToPart(report: Report, pointer: string, part: string): void {
  const { parts } = report.names;
  if (!parts.has(part))
    report.error(`${pointer}/go_to_part`, `there is no part "${part}"`, report.suggest(part, parts));
}

function lintMenu(report: Report, pointer: string, { keys }: MenuAction['menu']): void {
  if (Object.keys(keys).length === 0)
    report.error(`${pointer}/menu/keys`, 'the menu has no keys', 'add one, or use play instead of menu');
}

function lintCollect(report: Report, pointer: string, { min, max, save_as }: CollectAction['collect']): void {
  if (min > max)
    report.error(`${pointer}/collect/min`, `at least ${min} digits of at most ${max}`, 'min is at most max');
  if (RESERVED.has(save_as))
    report.error(
      `${pointer}/collect/save_as`,
      `"${save_as}" is a name of the hand-over contract`,
      'choose another name',
    );
}

/** Fields of a hand-over's request that collected digits must not replace. */
const RESERVED = new Set([
  'caller_number',
  'called_number',
  'received_digits',
  'hangup',
  'bridge_result',
  'call_result',
  'call_id',
  'step',
]);

function lintHandOver(report: Report, pointer: string, { profile }: HandOverAction['hand_over']): void {
  const profiles = report.names.handOverProfiles;
  if (!profiles.has(profile)) {
    const remedy = report.suggest(profile, profiles);
    report.error(`${pointer}/hand_over/profile`, `there is no profile "${profile}"`, remedy);
  }
}

function lintRing(report: Report, pointer: string, { handset, number, caller_id }: RingAction['ring']): void {
  const { country, dial_policy } = report.company;
  const { handsets } = report.names;
  if (handset !== undefined && !handsets.has(handset))
    report.error(`${pointer}/ring/handset`, `there is no handset "${handset}"`, report.suggest(handset, handsets));
  const verdict = number === undefined ? undefined : judgeNumber(number, dial_policy, country);
  if (verdict?.allowed === false)
    report.error(
      `${pointer}/ring/number`,
      `this number will not be called: ${verdict.reason}`,
      'change it, or dial_policy',
    );
  if (caller_id !== undefined && toE164(caller_id, country) === undefined)
    report.error(`${pointer}/ring/caller_id`, 'that is not a phone number', NUMBER_REMEDY);
}

function lintEnqueue(report: Report, pointer: string, { queue, hours, closed }: EnqueueAction['enqueue']): void {
  const { queues } = report.names;
  if (!queues.has(String(queue)))
    report.error(`${pointer}/enqueue/queue`, `there is no queue ${queue}`, report.suggest(String(queue), queues));
  if (hours !== undefined) lintTimes(report, `${pointer}/enqueue/hours`, hours);
  else if (closed !== undefined)
    report.warn(`${pointer}/enqueue/closed`, 'without hours it is never closed', 'add hours, or remove it');
}

export const NUMBER_REMEDY = "write it with its country code, in quotes: '+420222333444'";
