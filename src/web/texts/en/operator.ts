/** Words of the pages of one operator: the access token of the dispatch, and click to call. */
export const operatorTexts = {
  token: 'Access token of the dispatch',
  tokenHint:
    'With it the dispatch’s page of each caller opens in the monitor. It is in your profile in the dispatch system. It is kept encrypted and never shown again.',
  tokenSince: 'There has been one since',
  tokenNone: 'There is none.',
  tokenSet: 'Set',
  tokenForget: 'Forget it',
  call: 'Call',
  callWho: 'Call this number?',
  callHow: 'Your own telephone rings first. Answer it, and the number is called.',
  callNow: 'Call',
  ringing: 'Your telephone rings. Answer it, and this number is called:',
  noHandset: 'No handset is yours: somebody has to give you one among the operators.',
  badNumber: 'This is no telephone number.',
  refused: 'This number may not be called.',
  notNow: 'This does not work just now. Try again later.',
};

export type OperatorTexts = typeof operatorTexts;
