import type { DialRequest } from './port.js';

/** Variables of a channel that the gateway creates. */
export function legVariables({ endpoint, variables, callerId, autoAnswer }: DialRequest): Record<string, string> {
  const asked = autoAnswer === true && (LOCAL.test(endpoint) ? AUTO_ANSWER_IN_DIALPLAN : AUTO_ANSWER);
  return { ...variables, ...callerIdVariables(callerId), ...asked };
}

const LOCAL = /^Local\//;

/**
 * A local channel has no SIP headers: the context `cordboard-ring-handset` adds the headers of `AUTO_ANSWER` to the
 * phones that it dials.
 */
const AUTO_ANSWER_IN_DIALPLAN = { CORDBOARD_AUTO_ANSWER: '1' };

/** Headers for automatic answering; phones differ in which of them they support. */
const AUTO_ANSWER = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:cordboard>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<http://cordboard>;info=alert-autoanswer;delay=0',
  'PJSIP_HEADER(add,Answer-Mode)': 'Auto',
};

/** Caller ID shown to the far end: Asterisk takes an outgoing channel's from the connected line. */
function callerIdVariables(callerId: DialRequest['callerId']): Record<string, string> {
  if (callerId === undefined) return {};
  return { 'CONNECTEDLINE(num,i)': callerId.number, 'CONNECTEDLINE(name,i)': callerId.name ?? '' };
}
