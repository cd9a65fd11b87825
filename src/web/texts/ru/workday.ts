import type { WorkdayTexts } from '../en/workday.js';

/** Слова рабочего дня оператора рядом с телефоном. */
export const workdayTexts: WorkdayTexts = {
  wrapUp: 'Завершение разговора',
  readyNow: 'Готов сейчас',
  moreTime: 'Больше времени',
  noMoreTime: 'Время на завершение уже истекло, или его нельзя продлить.',
  longestWait: 'дольше всех',
  lastNumbers: 'Последние звонки',
  noNumbers: 'На этом телефоне звонков пока нет.',
  somebody: 'Номер не показан',
  missed: 'пропущенный',
};
