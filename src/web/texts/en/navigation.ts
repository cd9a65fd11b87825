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
  settings: 'Settings',
  system: 'System',
  more: 'More',
};

export type NavigationTexts = typeof navigationTexts;
