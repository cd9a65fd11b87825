import { isOpen } from '../../company/opening-hours.js';
import type { ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import { enterOr, type Transition } from './action.js';

export function hours(call: Call, { hours }: ActionOf<'hours'>): Transition {
  const open = isOpen(hours, call.at, call.program.line.timeZone, call.program.publicHolidays);
  call.appendLog('hours', { open });
  return open ? enterOr(hours.open, 'hours/open') : enterOr(hours.closed, 'hours/closed');
}
