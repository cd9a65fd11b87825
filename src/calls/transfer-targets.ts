import type { Company } from '../company/company.js';
import type { TransferTargetSource } from './effect-handlers.js';
import { lineNumber } from '../directory/caller.js';
import { readNumber } from './call-control.js';

type Directory = Pick<Company, 'handsets' | 'queues' | 'lines' | 'dial_policy' | 'country'>;

/** Finds the target of a transfer: the extension of a handset or a queue, one of the company's lines, else a number that the dial policy allows. */
export function transferTargets(directory: () => Directory): TransferTargetSource {
  return {
    find(digits) {
      const company = directory();
      const handset = company.handsets.find(({ extension }) => extension === digits);
      if (handset !== undefined) return { to: { handset: handset.name } };
      const queue = company.queues.find(({ extension }) => extension === digits);
      if (queue !== undefined) return { to: { queue: queue.id } };
      const line = lineNumber(company, digits);
      if (line !== undefined) return { to: { line } };
      const read = readNumber(digits, company);
      return 'why' in read ? { to: null, reason: read.detail } : { to: { number: read.number } };
    },
  };
}
