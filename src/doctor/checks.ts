import { AsteriskError } from '../asterisk/port.js';
import type { AsteriskProbe } from '../asterisk/probe.js';
import { messageOf } from '../lib/error-message.js';
import { lanAddresses } from '../lib/lan-address.js';
import { isLoopback } from '../lib/loopback.js';
import { checkCertificate } from './checks/certificate.js';
import { checkClock } from './checks/clock.js';
import { checkBrowsers } from './checks/http.js';
import { checkNat } from './checks/nat.js';
import { checkAmi, checkAri, checkCodecs, checkDialplan, checkQueueWriter, checkTrunk } from './checks/rights.js';
import { checkRtp } from './checks/rtp.js';
import { checkSip } from './checks/sip.js';
import type { Check } from './doctor.js';
import { failed, skipped, type Finding } from './finding.js';

/** The settings that checks look at. */
export interface DoctorSettings {
  dataDir: string;
  http: { host: string; port: number; publicUrl: string; outsideUrl: string };
  sip: { server: string; port: number };
  ice: { stunUrls: readonly string[]; turnUrls: readonly string[] };
  ari: { url: string; app: string };
  trunkEndpoint: string;
}

/** The checks that need no running gateway. @param browsers number of handsets for browsers; undefined when it is not known @param trunk default: the endpoint of Asterisk's own files */
export function asteriskChecks(
  probe: AsteriskProbe,
  { sip, ari, http, ice, trunkEndpoint }: DoctorSettings,
  browsers: number | undefined,
  now: () => number,
  trunk = () => checkTrunk(probe, trunkEndpoint),
): Check[] {
  const { hostname } = new URL(ari.url);
  const isLocal = isLoopback(hostname);
  const places = { own: isLocal ? lanAddresses() : [hostname], used: [sip.server, new URL(http.outsideUrl).hostname] };
  const sipServer = { ...sip, nearby: hostname };
  const asked = (check: () => Promise<Finding>) => () => ifAsked(check);
  return [
    { id: 'ari', run: () => checkAri(probe) },
    { id: 'ami', run: () => checkAmi(probe) },
    { id: 'queue_writer', run: () => checkQueueWriter(probe) },
    { id: 'dialplan', run: asked(() => checkDialplan(probe, ari.app)) },
    { id: 'sip_udp', run: () => checkSip('udp', sipServer) },
    { id: 'sip_tcp', run: () => checkSip('tcp', sipServer) },
    { id: 'rtp', run: asked(() => checkRtp(probe, isLocal)) },
    { id: 'nat', run: asked(() => checkNat(probe, places)) },
    {
      id: 'browsers',
      run: () => (browsers === undefined ? NEEDS_GATEWAY : checkBrowsers(http, ice, browsers)),
    },
    { id: 'codecs', run: asked(() => checkCodecs(probe, { trunk: trunkEndpoint, hasBrowsers: (browsers ?? 0) > 0 })) },
    { id: 'trunk', run: asked(trunk) },
    { id: 'clock', run: asked(() => checkClock(probe)) },
    { id: 'certificate', run: () => checkCertificate(http.outsideUrl, now()) },
  ];
}

export const NEEDS_GATEWAY = skipped('only the running gateway can look at it');

/** What Asterisk does not answer is a fault of its login, which has a row of its own. */
async function ifAsked(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof AsteriskError)) throw error;
    if (error.reason === 'unavailable') return skipped(`Asterisk cannot be asked: ${messageOf(error)}`);
    return failed(messageOf(error), 'ami_permission');
  }
}
