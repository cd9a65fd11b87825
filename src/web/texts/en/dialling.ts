/** Words of calls that start on a page of the console. */
export const diallingTexts = {
  call: (number: string) => `Call ${number}`,
  ringing: (number: string) => `Your phone rings: answer it to call ${number}.`,
  thisNumber: 'this number',
  noHandset: 'You have no handset. An administrator can assign one to you.',
  roleForbids: 'Your role may not call from here.',
  policyForbids: 'The dial policy of the company does not allow this number.',
  badNumber: 'This is no phone number.',
  telLinks: 'Open telephone links here',
  telLinksHint: 'The browser then offers this console for links to phone numbers (tel:) on every page.',
  telLinksAsked: 'The browser asks whether it may.',
  telLinksImpossible:
    'This browser does not open telephone links on web pages, or only at addresses that begin with https.',
};

export type DiallingTexts = typeof diallingTexts;
