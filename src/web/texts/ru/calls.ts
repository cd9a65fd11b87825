import type { CallTexts } from '../en/calls.js';

export const callTexts: CallTexts = {
  from: 'Откуда',
  to: 'Куда',
  direction: 'Направление',
  directions: { incoming: 'входящие', outgoing: 'исходящие' },
  result: 'Результат',
  agent: 'Кто говорил',
  waited: 'Ожидание',
  talk: 'Разговор',
  queue: 'Очередь',
  show: 'Показать',
  endedBy: 'Завершил',
  called: 'вызываемый',
  fault: 'сбой',
  outcomes: {
    answered: 'принят',
    served: 'обработан планом',
    lost: 'потерян: не дождался ответа',
    unanswered: 'никто не ответил',
    busy: 'занято',
    unreachable: 'недоступно',
    rejected: 'завершила компания',
    refused: 'номер не разрешён',
    failed: 'прерван сбоем',
  },
};
