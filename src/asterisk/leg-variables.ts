import type { DialRequest } from './port.js';

/** Variables of a channel that we create. */
export function legVariables({ endpoint, variables, callerId, autoAnswer }: DialRequest): Record<string, string> {
  const asked = autoAnswer === true && (LOCAL.test(endpoint) ? AUTO_ANSWER_IN_DIALPLAN : AUTO_ANSWER);
  return { ...variables, ...callerIdVariables(callerId), ...asked };
}

const LOCAL = /^Local\//;

/** A local channel has no SIP headers: the context `cordboard-ring-handset` sets those of `AUTO_ANSWER` on the phones that it dials. */
const AUTO_ANSWER_IN_DIALPLAN = { CORDBOARD_AUTO_ANSWER: '1' };

/** Phones that answer by themselves look at one or another of these. */
const AUTO_ANSWER = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:cordboard>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<http://cordboard>;info=alert-autoanswer;delay=0',
  'PJSIP_HEADER(add,Answer-Mode)': 'Auto',
};

/** What the far end is shown: on a channel that calls out, Asterisk takes it from the connected line. */
function callerIdVariables(callerId: DialRequest['callerId']): Record<string, string> {
  if (callerId === undefined) return {};
  return { 'CONNECTEDLINE(num,i)': callerId.number, 'CONNECTEDLINE(name,i)': callerId.name ?? '' };
}
