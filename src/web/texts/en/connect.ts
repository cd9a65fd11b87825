/** Words of the page about an Asterisk of one's own. */
export const connectTexts = {
  title: 'Your own Asterisk',
  about:
    'What the Asterisk at this address has and lacks for the gateway. It is the sheet of cordboard connect --check; nothing is changed.',
  address: 'Asterisk',
  folder: 'Folder of its configuration',
  noFolder:
    'not readable from here: the rows about files are missing. Run cordboard connect on the machine of Asterisk.',
  again: 'Look again',
  looking: 'Asterisk is being looked at',
  found: 'What is there',
  nothingMissing: 'Nothing is missing',
  missing: (count: number) => `Missing: ${count}`,
  states: { ok: 'is there', missing: 'missing', warning: 'look at this', unknown: 'could not be looked at' },
  snippets: 'Snippets for its files',
  snippetsAbout:
    'cordboard connect writes them into a folder of its own, which you include. Those who add them by hand copy them here. Lines that begin with ; and end with a name in < > need the password of that variable, which is in the folder secrets of the data folder.',
  into: 'Into',
  orFreepbx: 'with FreePBX',
  section: 'section',
};

export type ConnectTexts = typeof connectTexts;
