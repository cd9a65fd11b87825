import type { NavigationTexts } from '../en/navigation.js';

export const navigationTexts: NavigationTexts = {
  menu: 'Меню',
  now: 'Сейчас',
  calls: 'Звонки',
  plans: 'Планы звонков',
  people: 'Очереди и люди',
  prompts: 'Подсказки и музыка',
  orders: 'Заказы и оповещения',
  integrations: 'Интеграции',
  system: 'Система',
  queues: 'Очереди',
  handsets: 'Телефоны',
  users: 'Сотрудники',
  tokens: 'Токены',
  lines: 'Линии',
  settings: 'Настройки',
  company: 'Компания',
  more: 'Ещё',
};
