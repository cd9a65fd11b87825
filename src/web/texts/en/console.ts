/** Words of the console around its pages. */
export const consoleTexts = {
  needsScript: 'The console requires JavaScript.',
  undo: 'Undo',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  dismiss: 'Dismiss',
  loading: 'Loading…',
  shortcuts: 'Keyboard shortcuts',
  search: 'Find a page or an action',
  nothingFound: 'Nothing found.',
  goTo: (page: string) => `Go to: ${page}`,
  /** Things that people look for under other names than that of their page. */
  places: {
    hours: 'Opening hours',
    closeToday: 'Closed today',
    holidays: 'Public holidays',
    rejectPrompt: 'What rejected callers hear',
  },
  showShortcuts: 'Show this list',
  openPalette: 'Find a page or an action',
  undoLast: 'Undo the last action',
  focusSearch: 'Go to the filter of the page',
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
