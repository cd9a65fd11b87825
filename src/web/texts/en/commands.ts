import { plural } from '../plural.js';

/** Words of the command palette, the list of shortcuts and the count of missed callers in the menu. */
export const commandTexts = {
  /** Things that people look for under other names than that of their page. */
  places: {
    hours: 'Opening hours',
    closeToday: 'Closed today',
    holidays: 'Public holidays',
    rejectPrompt: 'What rejected callers hear',
  },
  newMessages: plural('en', { one: '# new message', other: '# new messages' }),
  toCallBack: plural('en', { one: '# number to call back', other: '# numbers to call back' }),
  alarms: plural('en', { one: '# alarm', other: '# alarms' }),
  shortcuts: 'Keyboard shortcuts',
  search: 'Find a page or an action',
  nothingFound: 'Nothing found.',
  goTo: (page: string) => `Go to: ${page}`,
  showShortcuts: 'Show this list',
  openPalette: 'Find a page or an action',
  undoLast: 'Undo the last action',
  focusSearch: 'Go to the filter of the page',
};

export type CommandTexts = typeof commandTexts;
