import type { PlaceTexts } from '../en/places.js';

export const placeTexts: PlaceTexts = {
  line: (line) => `Линия ${line}`,
  part: (name) => `Часть ${name}`,
  queue: (name) => `Очередь ${name}`,
  key: (key) => `клавиша ${key}`,
  rejected: 'Отклонённые звонки',
  orders: 'Звонящие с заказом',
  bridges: 'Соединение клиента с водителем',
  notifications: 'Оповещения',
  speech: 'Статусы заказов',
};
