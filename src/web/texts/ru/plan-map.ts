import type { PlanMapTexts } from '../en/plan-map.js';

export const planMapTexts: PlanMapTexts = {
  kinds: {
    line: 'Линия',
    part: 'Часть',
    orders: 'Меню о заказах',
    queue: 'Очередь',
    handset: 'Телефон',
    phone: 'Номер телефона',
    shop: 'Магазин',
    hangUp: 'Конец',
  },
  orders: 'Меню о заказах',
  hangUp: 'Завершить',
  missing: 'не существует',
  unreached: 'сюда никто не попадает',
  passed: 'звонок прошёл здесь',
  leadsTo: (to, way) => (way === '' ? `Ведёт к: ${to}` : `${way} – ведёт к: ${to}`),
  larger: 'Увеличить',
  smaller: 'Уменьшить',
  fit: 'По ширине',
  asText: 'Текстом',
  nowhere: 'дальше не ведёт',
};
