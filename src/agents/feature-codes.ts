import type { Arrival, CallEventRouterOptions } from '../calls/event-router.js';
import type { Handset } from '../directory/schema.js';
import type { QueueMembership } from '../directory/queue-membership.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import { FEATURE_CODE, type FeatureCodeProgram } from './feature-code-flow.js';
import { flowIdOf } from '../kernel/ids.js';

export interface FeatureCodeOptions {
  runtime: { begin(kind: string, flowId: string, program: unknown, event: TelephonyEvent): boolean };
  directory: () => FeatureCodeDirectory;
  book: { standingsOf(handset: string): { standing: QueueMembership }[] };
  /** For every other call. */
  otherwise: CallEventRouterOptions['admit'];
}

interface FeatureCodeDirectory {
  handsets: readonly Handset[];
  languages: readonly string[];
  /** `off`: there is none. */
  feature_codes: { log_in: string; pause: string };
  pause_reasons: readonly string[];
}

/** Takes the calls of handsets to feature codes; all others go on. */
export function withFeatureCodes(options: FeatureCodeOptions): CallEventRouterOptions['admit'] {
  const { runtime, directory, book, otherwise } = options;
  return (arrival: Arrival, at) => {
    const { channel, dialled, codec, sip } = arrival;
    const company = directory();
    const handset = company.handsets.find(({ name }) => name === sip.endpoint);
    const standings = handset && book.standingsOf(handset.name).map(({ standing }) => standing);
    const meant = standings && meaningOf(dialled, standings, company);
    if (handset === undefined || meant === undefined) return otherwise(arrival, at);
    const languages = [...(handset.language === undefined ? [] : [handset.language]), ...company.languages];
    const program: FeatureCodeProgram = { handset: handset.name, code: dialled, languages, ...meant };
    const caller = { number: handset.name, name: channel.caller.name };
    runtime.begin(FEATURE_CODE, flowIdOf(channel.id), program, {
      type: 'call_arrived',
      at,
      channelId: channel.id,
      caller,
      codec,
      sip,
    });
    return 'begun';
  };
}

type Meaning = Pick<FeatureCodeProgram, 'change' | 'says'>;

/** What a code does to a handset that stands so; undefined for what is no code. */
export function meaningOf(
  dialled: string,
  standings: QueueMembership[],
  { feature_codes: codes, pause_reasons: reasons }: Pick<FeatureCodeDirectory, 'feature_codes' | 'pause_reasons'>,
): Meaning | undefined {
  if (!dialled.startsWith('*')) return undefined;
  const meaning = dialled === codes.log_in ? logging(standings) : pausing(dialled, codes.pause, standings, reasons);
  return meaning !== undefined && standings.length === 0 ? { change: null, says: 'duty-no-queue' } : meaning;
}

function logging(standings: QueueMembership[]): Meaning {
  return standings.some(({ loggedIn }) => loggedIn)
    ? { change: { to: 'log_out' }, says: 'duty-logged-out' }
    : { change: { to: 'log_in' }, says: 'duty-logged-in' };
}

/** The code alone begins a pause or ends it; with the number of a reason behind it, it begins one for that reason. */
function pausing(
  dialled: string,
  code: string,
  standings: QueueMembership[],
  reasons: readonly string[],
): Meaning | undefined {
  const digit = dialled.startsWith(code) ? dialled.slice(code.length) : undefined;
  const reason = digit === '' ? '' : reasons[Number(digit) - 1];
  if (digit === undefined || reason === undefined) return undefined;
  if (!standings.some(({ loggedIn }) => loggedIn)) return { change: null, says: 'duty-logged-out' };
  const ends = digit === '' && standings.some(({ paused }) => paused);
  return ends
    ? { change: { to: 'unpause' }, says: 'duty-active' }
    : { change: { to: 'pause', reason }, says: 'duty-paused' };
}
