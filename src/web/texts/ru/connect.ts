import type { ConnectTexts } from '../en/connect.js';

export const connectTexts: ConnectTexts = {
  title: 'Собственный Asterisk',
  about: 'Что нужно шлюзу от Asterisk по этому адресу, как в отчёте cordboard connect --check. Ничего не изменяется.',
  address: 'Asterisk',
  folder: 'Папка его конфигурации',
  noFolder: 'отсюда её не прочитать, поэтому строк о файлах нет. Запустите cordboard connect на машине с Asterisk.',
  again: 'Проверить снова',
  looking: 'Asterisk проверяется',
  found: 'Результат',
  nothingMissing: 'Всё на месте',
  missing: (count) => `Не хватает: ${count}`,
  states: { ok: 'в порядке', missing: 'не хватает', warning: 'проверьте', unknown: 'не удалось узнать' },
  snippets: 'Фрагменты для его файлов',
  snippetsAbout:
    'cordboard connect записывает их в собственную папку, которую вы подключаете через #tryinclude. Чтобы добавить их вручную, скопируйте их здесь. В строках, которые начинаются с ;, замените имя в < > паролем из папки secrets в папке данных и удалите ;.',
  into: 'В файл',
  orFreepbx: 'во FreePBX',
  section: 'раздел',
};
