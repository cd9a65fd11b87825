import type { ConnectTexts } from '../en/connect.js';

export const connectTexts: ConnectTexts = {
  title: 'Собственный Asterisk',
  about:
    'Что у Asterisk по этому адресу есть для шлюза и чего не хватает. Это отчёт команды cordboard connect --check; ничего не изменяется.',
  address: 'Asterisk',
  folder: 'Папка его конфигурации',
  noFolder: 'отсюда не читается, поэтому строк о файлах нет. Запустите cordboard connect на машине с Asterisk.',
  again: 'Проверить снова',
  looking: 'Asterisk проверяется',
  found: 'Что есть',
  nothingMissing: 'Всё на месте',
  missing: (count) => `Не хватает: ${count}`,
  states: { ok: 'есть', missing: 'нет', warning: 'обратите внимание', unknown: 'не удалось узнать' },
  snippets: 'Фрагменты для его файлов',
  snippetsAbout:
    'cordboard connect записывает их в собственную папку, которую вы подключаете через include. Кто добавляет их вручную, копирует их здесь. В строки, которые начинаются с ; и заканчиваются именем в < >, нужно вписать пароль этой переменной из папки secrets в папке данных.',
  into: 'В файл',
  orFreepbx: 'с FreePBX',
  section: 'раздел',
};
