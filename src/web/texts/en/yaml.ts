/** Words of the page with the whole configuration as YAML. */
export const yamlTexts = {
  title: 'Configuration as YAML',
  settings: 'Settings',
  history: 'History',
  hint: 'Everything that is set, as cordboard export writes it. Comments are not kept when it is published.',
  readOnly: 'You can look at this, but not change it.',
  restored: 'This is your unpublished text from before.',
  othersPublished: (who: string, when: string) => `Changes were published meanwhile: ${who} (${when}).`,
  yoursIsKept:
    'Your text is kept. “What changes” keeps their changes as well; if both of you have changed the same item, you choose.',
  gateway: 'the gateway',
  otherDraft: 'You have other unpublished changes. Publish or discard them first; your text is kept.',
  showDraft: 'Show them',
  openFile: 'Open a file',
  orDrop: 'or drop it on the text',
  opened: (name: string) => `${name} is open. It is not published yet.`,
  download: 'Download',
  review: 'What changes',
  discard: 'Discard changes',
  discarded: 'The published configuration is shown.',
  unsaved: 'Not published yet',
  problems: 'Problems',
  checking: 'The text is being checked…',
  noProblems: 'No problems found.',
  severity: { error: 'Error', warning: 'Note' },
  line: (number: number) => `Line ${number}`,
};

export type YamlTexts = typeof yamlTexts;
