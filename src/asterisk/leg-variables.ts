import type { DialRequest } from './port.js';

/** Variables of a channel that we create. */
export function legVariables({ variables, callerId, autoAnswer }: DialRequest): Record<string, string> {
  return { ...variables, ...callerIdVariables(callerId), ...(autoAnswer === true && AUTO_ANSWER) };
}

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
