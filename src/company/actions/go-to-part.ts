import { partName } from '../plan-words.js';
import { actionKind } from './action.js';

export const goToPart = actionKind(partName, {
  writable: true,
  waits: false,
  shopSteers: false,
  branches: () => ({}),
  exits: () => [],
  names: (part) => [{ type: 'part', path: '', id: part }],
  labels: () => [],
  lint: () => undefined,
});
