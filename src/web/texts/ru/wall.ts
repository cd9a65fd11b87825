import type { WallTexts } from '../en/wall.js';
import { plural } from '../plural.js';

export const wallTexts: WallTexts = {
  title: 'Табло',
  waiting: plural('ru', { one: 'ожидает', few: 'ожидают', many: 'ожидают', other: 'ожидают' }),
  longest: 'дольше всех',
  answered: 'принято сегодня',
  lost: 'потеряно сегодня',
  level: (s) => `приняты в течение ${s} с`,
  free: 'свободно',
  talking: 'занято',
  paused: 'пауза',
  nobody: 'Ответить некому',
  noQueues: 'Очередей пока нет.',
  live: 'На связи',
  connecting: 'Подключение…',
  disconnected: (time) => `Нет связи с ${time}. Данные устарели.`,
  asterisk: 'Asterisk недоступен. Данные устарели.',
  notDurable: 'Сбой хранилища: новые звонки отклоняются.',
  sumsOld: (time) => `Данные за день: ${time}`,
  fullScreen: 'На весь экран',
  leave: 'Вернуться в консоль',
};
