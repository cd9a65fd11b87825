import type { Arrival, CallEventRouterOptions } from '../calls/event-router.js';
import type { Handset } from '../directory/schema.js';
import type { QueueMembership } from '../directory/queue-membership.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import { FEATURE_CODE, type FeatureCodeProgram } from './feature-code-flow.js';
import { MESSAGE_BOX, type MessageBoxProgram } from './message-box-flow.js';
import { flowIdOf } from '../kernel/ids.js';

export interface FeatureCodeOptions {
  runtime: { begin(kind: string, flowId: string, program: unknown, event: TelephonyEvent): boolean };
  directory: () => FeatureCodeDirectory;
  logins: { membershipsOf(handset: string): { membership: QueueMembership }[] };
  /** Admits all other calls. */
  next: CallEventRouterOptions['admit'];
}

interface FeatureCodeDirectory {
  handsets: readonly Handset[];
  languages: readonly string[];
  /** `off` disables a code. */
  feature_codes: { log_in: string; pause: string; messages: string };
  pause_reasons: readonly string[];
}

/** Admits calls of handsets to feature codes; passes all other calls to `next`. */
export function withFeatureCodes(options: FeatureCodeOptions): CallEventRouterOptions['admit'] {
  const { runtime, directory, logins, next } = options;
  return (arrival: Arrival, at) => {
    const { channel, dialled, codec, sip } = arrival;
    const company = directory();
    const handset = company.handsets.find(({ name }) => name === sip.endpoint);
    const hearsMessages = dialled === company.feature_codes.messages;
    const memberships = handset && logins.membershipsOf(handset.name).map(({ membership }) => membership);
    const result = memberships && parseFeatureCode(dialled, memberships, company);
    if (handset === undefined || (result === undefined && !hearsMessages)) return next(arrival, at);
    const languages = [...(handset.language === undefined ? [] : [handset.language]), ...company.languages];
    const program: MessageBoxProgram = { handset: handset.name, code: dialled, languages };
    const caller = { number: handset.name, name: channel.caller.name };
    const kind = result === undefined ? MESSAGE_BOX : FEATURE_CODE;
    runtime.begin(
      kind,
      flowIdOf(channel.id),
      { ...program, ...result },
      {
        type: 'call_arrived',
        at,
        channelId: channel.id,
        caller,
        codec,
        sip,
      },
    );
    return 'begun';
  };
}

type FeatureCodeResult = Pick<FeatureCodeProgram, 'change' | 'says'>;

/** The effect of a code on a handset with these memberships; undefined when it is not a feature code. */
export function parseFeatureCode(
  dialled: string,
  memberships: QueueMembership[],
  {
    feature_codes: codes,
    pause_reasons: reasons,
  }: { feature_codes: Omit<FeatureCodeDirectory['feature_codes'], 'messages'>; pause_reasons: readonly string[] },
): FeatureCodeResult | undefined {
  if (!dialled.startsWith('*')) return undefined;
  const result =
    dialled === codes.log_in ? toggleLogin(memberships) : togglePause(dialled, codes.pause, memberships, reasons);
  return result !== undefined && memberships.length === 0 ? { change: null, says: 'duty-no-queue' } : result;
}

function toggleLogin(memberships: QueueMembership[]): FeatureCodeResult {
  return memberships.some(({ loggedIn }) => loggedIn)
    ? { change: { to: 'log_out' }, says: 'duty-logged-out' }
    : { change: { to: 'log_in' }, says: 'duty-logged-in' };
}

/** The code alone starts or ends a pause; followed by the number of a reason, it starts a pause for that reason. */
function togglePause(
  dialled: string,
  code: string,
  memberships: QueueMembership[],
  reasons: readonly string[],
): FeatureCodeResult | undefined {
  const digit = dialled.startsWith(code) ? dialled.slice(code.length) : undefined;
  const reason = digit === '' ? '' : reasons[Number(digit) - 1];
  if (digit === undefined || reason === undefined) return undefined;
  if (!memberships.some(({ loggedIn }) => loggedIn)) return { change: null, says: 'duty-logged-out' };
  const ends = digit === '' && memberships.some(({ paused }) => paused);
  return ends
    ? { change: { to: 'unpause' }, says: 'duty-active' }
    : { change: { to: 'pause', reason }, says: 'duty-paused' };
}
