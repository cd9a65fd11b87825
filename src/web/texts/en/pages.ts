import { navigationTexts } from './navigation.js';
import { operatorTexts } from './operator.js';

/** Every word on the pages. The other languages have the same ones: a missing word does not compile. */
export const pageTexts = {
  language: 'en',
  /** What the language calls itself. */
  ownName: 'English',
  skip: 'Skip to content',
  calls: 'Calls',
  prompts: 'Prompts',
  music: 'Music',
  shop: 'Shop',
  dispatch: 'Dispatch',
  recordedRequests: 'Rejected requests',
  apiDocs: 'API',
  webhooks: 'Webhooks',
  call: 'Call',
  loginTitle: 'Log in',
  logIn: 'Log in',
  logOut: 'Log out',
  apiToken: 'API token',
  wrongToken: 'This token is not valid.',
  login: 'User name or e-mail',
  password: 'Password',
  wrongLogin: 'The user name or password is incorrect.',
  waitSeconds: 'Too many failed attempts. Try again in {s} s.',
  withToken: 'Use an API token',
  ofSetup: {
    title: 'Set-up',
    noAccount:
      'Nobody has an account here yet. Open the set-up link that the installation has printed, or print a new one on the server:',
    inContainer: 'In containers:',
    invalidLink: 'This set-up link is not valid',
    invalidLinkWhy: 'It was used, replaced by a newer one, or is older than a day.',
  },
  passwordChanged: 'Password changed. Log in with the new one.',
  problem: 'Something went wrong',
  back: 'Back',
  languageChoice: 'Page language',
  ofOperator: operatorTexts,
  ofNavigation: navigationTexts,
  /** What went wrong, by HTTP status. */
  statuses: {
    400: 'The request could not be read. Reload the page and try again.',
    403: 'You do not have permission to do this.',
    404: 'Page not found.',
    409: 'The change conflicts with the current state. Reload the page and try again.',
    413: 'The file or text is too large.',
    422: 'The input is not valid.',
    429: 'Too many requests. Wait a moment and try again.',
  },
};

export type PageTexts = typeof pageTexts;
