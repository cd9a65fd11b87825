import type JsSIP from 'jssip';

/** What every SIP client of the console has in common. */

/** Further host candidates follow the first one within this time. */
const GATHER_MS = 30;

/** No servers: Asterisk is reached at its own address, and learns the browser's from the first packet. */
export const RTC_SETTINGS: RTCConfiguration = { iceServers: [] };

/** As RTP events; the enumeration exists only in the types. */
export const DTMF_IN_RTP = { transportType: 'RFC2833' as unknown as JsSIP.C.DTMF_TRANSPORT };

/** The gateway's `/ws`. */
export function sipSocketAddress(): string {
  const address = new URL('/ws', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/** Sends the offer or answer with the first ICE candidates. Waiting for all can take seconds where some addresses lead nowhere. */
export function endGatheringEarly(): (event: { ready: () => void }) => void {
  let isEnding = false;
  return ({ ready }) => {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => {
      isEnding = false;
      ready();
    }, GATHER_MS);
  };
}
