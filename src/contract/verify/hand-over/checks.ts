import type { Check } from '../sheet.js';
import { callChecks } from './call-checks.js';
import type { ShopUnderTest } from './conversation.js';
import { orderChecks } from './order-checks.js';
import { requestChecks } from './request-checks.js';
import { wholeChecks } from './whole-checks.js';

/** Requirements of the hand-over contract (docs/hand-over.md). */
export const handOverChecks: readonly Check<ShopUnderTest>[] = [
  ...requestChecks,
  ...orderChecks,
  ...callChecks,
  ...wholeChecks,
];
