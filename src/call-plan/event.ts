import type { RuntimeEvent } from '../kernel/event.js';
import type { TelephonyEvent } from '../telephony/telephony.js';

export type PlanEvent = TelephonyEvent | RuntimeEvent;
