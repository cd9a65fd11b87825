import type JsSIP from 'jssip';

/** What every SIP client of the console has in common. */

/** Further host candidates follow the first one within this time. */
const GATHER_MS = 30;
/** How long the first one may take: not all come from this machine, and without any there is no sound. */
const FIRST_CANDIDATE_MS = 500;
/** How long a TURN server may take to answer: it may be unreachable, or unnecessary. */
const RELAY_MS = 1_000;

/** As RTP events; the enumeration exists only in the types. */
export const DTMF_IN_RTP = { transportType: 'RFC2833' as unknown as JsSIP.C.DTMF_TRANSPORT };

/** The gateway's `/ws`. */
export function sipSocketAddress(): string {
  const address = new URL('/ws', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/**
 * Ends each gathering of ICE candidates for JsSIP soon after the first one, or the first one of a TURN server if there is one. Waiting for all can take seconds where some addresses or
 * servers lead nowhere, and Asterisk learns addresses that are found later from the browser's first packet.
 */
export function endGatheringEarly(connection: RTCPeerConnection): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasCandidate = false;
  const endAfter = (ms: number) => {
    clearTimeout(timer);
    // JsSIP takes an event without a candidate as the end.
    timer = setTimeout(() => connection.dispatchEvent(new Event('icecandidate')), ms);
  };
  connection.addEventListener('icegatheringstatechange', () => {
    clearTimeout(timer);
    hasCandidate = false;
    if (connection.iceGatheringState === 'gathering') endAfter(FIRST_CANDIDATE_MS);
  });
  connection.addEventListener('icecandidate', ({ candidate }) => {
    // Undefined in the event from above, whatever the type says.
    if (!candidate) return;
    if (candidate.type === 'relay') endAfter(0);
    else if (!hasCandidate) endAfter(hasTurnServer(connection) ? RELAY_MS : GATHER_MS);
    hasCandidate = true;
  });
}

function hasTurnServer(connection: RTCPeerConnection): boolean {
  const { iceServers = [] } = connection.getConfiguration();
  return iceServers.some(({ urls }) => [urls].flat().some((url) => url.startsWith('turn')));
}
