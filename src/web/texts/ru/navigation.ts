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
  settings: 'Настройки',
  system: 'Система',
  more: 'Ещё',
};
