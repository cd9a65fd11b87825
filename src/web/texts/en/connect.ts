/** Words of the page about an Asterisk of one's own. */
export const connectTexts = {
  title: 'Your own Asterisk',
  about:
    'What the gateway needs from the Asterisk at this address, as cordboard connect --check prints it. Nothing is changed.',
  address: 'Asterisk',
  folder: 'Folder of its configuration',
  noFolder:
    'not readable from here, so the rows about files are missing. Run cordboard connect on the machine of Asterisk.',
  again: 'Check again',
  looking: 'Checking Asterisk',
  found: 'Result',
  nothingMissing: 'Nothing is missing',
  missing: (count: number) => `Missing: ${count}`,
  states: { ok: 'OK', missing: 'missing', warning: 'check this', unknown: 'could not be checked' },
  topics: {
    version: 'Version',
    ari: 'Control of calls (ARI)',
    ami: 'Queues and handsets (AMI)',
    modules: 'Modules',
    codecs: 'Codecs',
    trunk: 'Trunk',
    queues: 'Changes of queues',
    dialplan: 'Dialplan',
    sorcery: 'Handsets and trunks (sorcery)',
    pjsip: 'SIP (PJSIP)',
    clock: 'Clock',
    dns: 'DNS',
    files: 'Files',
    nat: 'NAT',
    'task pool': 'Task pool',
    names: 'Names',
  } as Readonly<Record<string, string>>,
  snippets: 'Snippets for its files',
  snippetsAbout:
    'cordboard connect writes them into a folder of its own, which you include. To add them by hand, copy them here. In lines that begin with ; replace the name in < > by its password from the folder secrets of the data folder, and remove the ;.',
  into: 'Into',
  orFreepbx: 'with FreePBX',
  section: 'section',
};

export type ConnectTexts = typeof connectTexts;
