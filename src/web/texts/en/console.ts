/** Words of the console around its pages. */
export const consoleTexts = {
  needsScript: 'The console requires JavaScript.',
  undo: 'Undo',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  dismiss: 'Dismiss',
  loading: 'Loading…',
  failures: {
    0: 'The gateway cannot be reached. Try again.',
    403: 'You do not have permission to do this.',
    404: 'It is no longer there.',
    409: 'It is not possible at the moment.',
    429: 'Too many requests. Wait a moment and try again.',
    503: 'Asterisk or the database cannot be reached. Try again later.',
  },
  failed: 'It failed. Try again.',
};

export type ConsoleTexts = typeof consoleTexts;
