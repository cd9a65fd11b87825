/**
 * The three kinds of test callers:
 * - {@link Phone}: in this process; hears and reacts. The usual one.
 * - {@link sippCalls}: SIPp, many callers after one script.
 * - {@link Baresip}: a real softphone, as an independent implementation.
 */
export { Baresip, type BaresipEvent, type BaresipOptions } from './baresip.js';
export {
  busy,
  callerOf,
  decline,
  Phone,
  pickUp,
  ringForEver,
  unavailable,
  type CallEnd,
  type IncomingBehaviour,
  type PhoneCall,
  type PhoneOptions,
} from './phone.js';
export { sippCalls, type SippCall, type SippOptions, type SippResult, type SippStep } from './sipp.js';
export { describeHeard, describeSound, prompt, ringback, silence, soundsOf } from './sounds.js';
