import type { CommandTexts } from '../en/commands.js';
import { plural } from '../plural.js';

export const commandTexts: CommandTexts = {
  places: {
    hours: 'Часы работы',
    closeToday: 'Сегодня закрыто',
    holidays: 'Праздничные дни',
    rejectPrompt: 'Подсказка для отклонённых звонков',
  },
  alarms: plural('ru', { one: '# тревога', few: '# тревоги', many: '# тревог', other: '# тревоги' }),
  newMessages: plural('ru', {
    one: '# новое сообщение',
    few: '# новых сообщения',
    many: '# новых сообщений',
    other: '# нового сообщения',
  }),
  toCallBack: plural('ru', {
    one: 'перезвонить: # номер',
    few: 'перезвонить: # номера',
    many: 'перезвонить: # номеров',
    other: 'перезвонить: # номера',
  }),
  shortcuts: 'Сочетания клавиш',
  search: 'Найти страницу или действие',
  nothingFound: 'Ничего не найдено.',
  goTo: (page) => `Перейти: ${page}`,
  showShortcuts: 'Показать этот список',
  openPalette: 'Найти страницу или действие',
  undoLast: 'Отменить последнее действие',
  focusSearch: 'Перейти к фильтру страницы',
};
