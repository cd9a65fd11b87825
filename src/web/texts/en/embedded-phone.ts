/** Words of the page about phones in pages of other servers. */
export const embeddedPhoneTexts = {
  title: 'Phone in other pages',
  hint: 'Operators make calls in the pages of your shop or dispatch. The pages learn who calls.',
  origins: 'Pages that may show the phone',
  originsHint: 'Scheme and host of the pages, such as https://shop.example. No other page can show the phone.',
  noOrigins: 'No page may show the phone yet.',
  changeOrigins: 'Change the pages in the settings',
  token: 'Token of your server',
  tokenHint: 'With it your server opens the phone of the operator who is logged in there. It must never be in a page.',
  tokenOnce: 'The token is shown only now: copy it.',
  makeToken: 'Create a token',
  replaceToken: 'Create a new token',
  replaceHint: 'The former token stops working at once, and open phones close.',
  tag: 'Script tag',
  tagHint: 'Put it into the page. The address in data-token-url is on your own server.',
  request: 'Request of your server',
  requestHint:
    'In place of NAME goes the handset of the operator, and the body has the page: {"origin":"https://shop.example"}.',
};

export type EmbeddedPhoneTexts = typeof embeddedPhoneTexts;
