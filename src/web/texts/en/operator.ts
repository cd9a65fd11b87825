/** Words of the pages of one operator: the access token of the dispatch, and click to call. */
export const operatorTexts = {
  token: 'Access token for the dispatch system',
  tokenHint:
    'With the token the page Now opens each caller’s page in the dispatch system. Copy it from your profile there. It is stored encrypted and never shown again.',
  tokenSince: 'Set since',
  tokenNone: 'Not set.',
  tokenSet: 'Set',
  tokenForget: 'Delete',
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
