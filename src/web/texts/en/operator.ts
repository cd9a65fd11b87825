/** Words of click to call. */
export const operatorTexts = {
  call: 'Call',
  callWho: 'Call this number?',
  callHow: 'Your phone rings first. When you answer, the number is called.',
  callNow: 'Call',
  ringing: 'Your phone is ringing. Answer it to call this number:',
  noHandset: 'You have no handset. Ask an administrator to assign one to you.',
  badNumber: 'This is not a phone number.',
  refused: 'This number may not be called.',
  notNow: 'The call cannot be made now. Try again later.',
};

export type OperatorTexts = typeof operatorTexts;
