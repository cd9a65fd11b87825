import type { NavigationTexts } from '../en/navigation.js';

export const navigationTexts: NavigationTexts = {
  menu: 'Nabídka',
  now: 'Právě teď',
  calls: 'Hovory',
  plans: 'Plány hovoru',
  people: 'Fronty a lidé',
  prompts: 'Hlášky a hudba',
  orders: 'Objednávky a oznámení',
  integrations: 'Propojení',
  system: 'Systém',
  queues: 'Fronty',
  handsets: 'Telefony',
  users: 'Uživatelé',
  tokens: 'Tokeny',
  lines: 'Linky',
  settings: 'Nastavení',
  company: 'Firma',
  more: 'Více',
};
