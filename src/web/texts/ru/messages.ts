import type { MessageTexts } from '../en/messages.js';
import { plural } from '../plural.js';

export const messageTexts: MessageTexts = {
  title: 'Сообщения',
  states: { open: 'Нужно ответить', done: 'Обработанные' },
  who: 'Кто',
  where: 'Куда',
  owners: (names: string) => `для: ${names}`,
  length: 'Длительность',
  when: 'Когда',
  how: 'Обработано',
  withheld: 'номер скрыт',
  unheard: 'новое',
  heardBy: (who) => `прослушано: ${who}`,
  listen: (who) => `Прослушать сообщение: ${who}`,
  stop: (who) => `Остановить сообщение: ${who}`,
  markDone: 'Обработать',
  doneFor: (who) => `Обработать: ${who}`,
  isDone: (who) => `Сообщение от ${who}: обработано`,
  reopen: 'Вернуть в список',
  reopenFor: (who) => `Вернуть в список: ${who}`,
  doneBy: (who) => `отметка: ${who}`,
  none: 'Сообщений, на которые нужно ответить, нет.',
  noneHint:
    'Их записывает план звонка действием «Записать сообщение», например когда в очереди никто не ответил или у вас закрыто.',
  noneDone: 'Ни одно сообщение не отмечено как обработанное.',
  more: 'Показать ещё',
  shown: plural('ru', { one: '# сообщение', few: '# сообщения', many: '# сообщений', other: '# сообщения' }),
};
