import type { YamlTexts } from '../en/yaml.js';

export const yamlTexts: YamlTexts = {
  title: 'Конфигурация в YAML',
  settings: 'Настройки',
  history: 'История',
  hint: 'Все настройки в том виде, в каком их записывает cordboard export. Комментарии при публикации не сохраняются.',
  readOnly: 'Вы можете это просматривать, но не изменять.',
  restored: 'Это ваш ещё не опубликованный текст.',
  othersPublished: (who: string, when: string) => `Тем временем опубликованы изменения: ${who} (${when}).`,
  yoursIsKept:
    'Ваш текст сохранён. «Что изменится» сохранит и чужие изменения; если вы изменили одно и то же, вы выберете.',
  gateway: 'шлюз',
  otherDraft:
    'У вас есть другие неопубликованные изменения. Сначала опубликуйте или отмените их; ваш текст сохранится.',
  showDraft: 'Показать их',
  openFile: 'Открыть файл',
  orDrop: 'или перетащите его на текст',
  opened: (name: string) => `Открыт файл ${name}. Он ещё не опубликован.`,
  download: 'Скачать',
  review: 'Что изменится',
  discard: 'Отменить изменения',
  discarded: 'Показана опубликованная конфигурация.',
  unsaved: 'Ещё не опубликовано',
  problems: 'Проблемы',
  checking: 'Текст проверяется…',
  noProblems: 'Проблем не найдено.',
  severity: { error: 'Ошибка', warning: 'Замечание' },
  line: (number: number) => `Строка ${number}`,
};
