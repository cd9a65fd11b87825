/** Who reads what. A page of docs/ that no group names is added to the last group, so that none is lost. */

/** Pages of docs/ without `.md`, or paths of other files of the project. */
export const groups = [
  { text: 'Start here', pages: ['quick-start', 'setup', 'calling', 'troubleshooting'] },
  {
    text: 'Shop and company',
    pages: ['replace-telfa', 'call-plans', 'console', 'operators', 'browser-phones', 'recordings', 'accounts'],
  },
  {
    text: 'Dispatch and CRM',
    pages: [
      'replace-runtel',
      'dispatch',
      'gootax',
      'runtel',
      'notifications',
      'status-speech',
      'status-ivr',
      'bridges',
      'screen-pop',
    ],
  },
  {
    text: 'Integrator',
    pages: ['hand-over', 'webhooks', 'control-api', 'monitor', 'api', 'api-changelog', 'clients', 'contract-tools'],
  },
  {
    text: 'Operations',
    pages: [
      'operations',
      'security',
      'databases',
      'encryption',
      'tls',
      'bans',
      'trunks',
      'asterisk-config/pjsip.d/README.md',
      'own-asterisk',
      'containers',
      'services',
      'backup',
      'moving',
      'alarms',
      'metrics',
      'privacy',
    ],
  },
  { text: 'Reference', pages: ['configuration', '.env.example', 'glossary', 'CHANGELOG.md'] },
  {
    text: 'Development',
    pages: ['CONTRIBUTING.md', 'architecture', 'decisions', 'asterisk', 'performance', 'test/bench/README.md'],
  },
];

/** The same for the guides in other languages; what they do not cover is in English. */
export const translated = {
  cs: {
    text: 'Návody',
    english: 'Ostatní stránky (anglicky)',
    pages: ['quick-start', 'replace-telfa', 'replace-runtel'],
  },
  ru: {
    text: 'Руководства',
    english: 'Остальные страницы (на английском)',
    pages: ['quick-start', 'replace-telfa', 'replace-runtel'],
  },
};
