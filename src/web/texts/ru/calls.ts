import type { CallTexts } from '../en/calls.js';

export const callTexts: CallTexts = {
  from: 'Откуда',
  to: 'Куда',
  direction: 'Направление',
  directions: { incoming: 'входящие', outgoing: 'исходящие' },
  result: 'Результат',
  agent: 'Принял',
  waited: 'Ожидание',
  talk: 'Разговор',
  queue: 'Очередь',
  show: 'Показать',
  endedBy: 'Завершил',
  called: 'вызываемый',
  fault: 'ошибка',
  outcomes: {
    answered: 'принят',
    served: 'обработан автоматически',
    lost: 'потерян (не дождался ответа)',
    unanswered: 'нет ответа',
    busy: 'занято',
    unreachable: 'недоступно',
    rejected: 'завершила компания',
    refused: 'номер не разрешён',
    failed: 'завершён из-за ошибки',
  },
};
