import type { TransferPort } from '../asterisk/port.js';

/** Phones of the simulator have no transfer key. */
export const noTransfers: TransferPort = {
  areHandedOver: false,
  answer: () => Promise.resolve(),
  follow: () => Promise.resolve(undefined),
};
