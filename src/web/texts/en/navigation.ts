/** The tasks of the menu. */
export const navigationTexts = {
  menu: 'Menu',
  now: 'Now',
  calls: 'Calls',
  plans: 'Call plans',
  people: 'Queues & people',
  prompts: 'Prompts & music',
  orders: 'Orders & notifications',
  integrations: 'Integrations',
  system: 'System',
  queues: 'Queues',
  handsets: 'Handsets',
  users: 'Users',
  tokens: 'Tokens',
  lines: 'Lines',
  settings: 'Settings',
  company: 'Company',
  wall: 'Wallboard',
  missed: 'Missed calls',
  reports: 'Reports',
  audit: 'Who did what',
  more: 'More',
};

export type NavigationTexts = typeof navigationTexts;
