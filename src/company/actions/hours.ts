import { withOmittedDefault } from '../../lib/codec.js';
import { hoursSchema, isRegion } from '../hours-schema.js';
import { actionKind, type ActionList } from './action.js';
import { lintTimes } from './times.js';

/** Enters `open` or `closed`, then the next action. */
export const hours = <A>(actions: ActionList<A>) =>
  actionKind(
    hoursSchema.extend({
      holidays: withOmittedDefault(hoursSchema.shape.holidays.unwrap(), []),
      exceptions: withOmittedDefault(hoursSchema.shape.exceptions.unwrap(), []),
      open: actions.optional(),
      closed: actions.optional(),
    }),
    {
      writable: true,
      waits: false,
      shopSteers: false,
      branches: ({ open, closed }) => ({ open, closed }),
      exits: ({ open, closed }) => [open, closed],
      names: () => [],
      labels: () => [],
      holidayRegions: ({ holidays }) => holidays.filter(isRegion),
      lint(settings, report) {
        if (settings.open === undefined && settings.closed === undefined)
          report.warn('', 'open or closed, the call takes the same way', 'add open, closed or both', {
            same_way: true,
          });
        lintTimes(report, '', settings);
      },
    },
  );
