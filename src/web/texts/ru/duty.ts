import { plural } from '../plural.js';
import type { DutyTexts } from '../en/duty.js';

export const dutyTexts: DutyTexts = {
  handsets: 'Телефоны',
  history: 'Вход и паузы',
  who: 'Кто',
  what: 'Что',
  queue: 'Очередь',
  by: 'Кем',
  when: 'Когда',
  handset: 'Телефон',
  all: 'все',
  since: 'С',
  older: 'Более ранние',
  none: 'Пока никто не входил, не выходил и не ставил паузу',
  noMatch: 'Ничего не найдено.',
  showAll: 'Показать все',
  events: { logged_in: 'вход', logged_out: 'выход', paused: 'пауза', unpaused: 'конец паузы' },
  authors: { handset: 'кодом на телефоне', asterisk: 'в Asterisk' },
  shown: plural('ru', { one: 'показана # запись', few: 'показаны # записи', other: 'показано # записей' }),
};
