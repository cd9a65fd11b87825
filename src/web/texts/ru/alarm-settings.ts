import { alarmTexts } from '../../../alarms/texts/ru/alarms.js';
import { alarmRuleWords } from '../alarm-words.js';
import type { AlarmSettingTexts } from '../en/alarm-settings.js';

export const alarmSettingTexts: AlarmSettingTexts = {
  alarms: 'Тревоги',
  title: 'Настройки тревог',
  hint: 'Что считать тревогой и кому о ней сообщать.',
  receiver: { add: 'Добавить получателя', remove: 'Убрать получателя' },
  form: {
    fields: {
      'alarms.receivers': ['Получатели тревог', 'Тревоги получают и вебхуки с событием alarm.'],
      'alarms.receivers.*.name': ['Название', 'Строчные буквы, цифры, - и _.'],
      'alarms.receivers.*.mail': ['Адреса почты', 'Шлюзу нужен почтовый сервер: SMTP_HOST.'],
      'alarms.receivers.*.language': ['Язык сообщений'],
      'alarms.receivers.*.http': ['Отправлять HTTP-запрос', 'Вместо письма, например в Telegram или ntfy.'],
      'alarms.receivers.*.http.url': ['Адрес', 'За именем сервера подставляются {subject}, {text} и {secret}.'],
      'alarms.receivers.*.http.method': ['Метод'],
      'alarms.receivers.*.http.body': [
        'Тело',
        'С {subject}, {text}, {state}, {rule}, {about}, {since}, {url}. Без него тревога отправляется как JSON.',
      ],
      'alarms.receivers.*.http.content_type': ['Формат тела'],
      'alarms.receivers.*.http.secret': ['Переменная со значением {secret}', 'Её имя начинается с WEBHOOK_.'],
      'alarms.receivers.*.http.bearer': ['Переменная с ключом Bearer', 'Её имя начинается с WEBHOOK_.'],
      'alarms.resolve_after': ['Тревога снимается через', 'Сколько времени всё должно быть снова в порядке.'],
      ...alarmRuleWords(alarmTexts, {
        after: 'сообщать только через',
        longer_than: 'дольше чем',
        below_percent: 'свободно меньше (процентов)',
        older_than_hours: 'копия старше (часов)',
        at_percent: 'использовано не меньше (процентов)',
        attempts: 'число попыток',
        within: 'за время',
        calls: 'число звонков',
        addresses: 'число адресов',
        expires_within_days: 'дней до конца срока',
      }),
    },
    options: {
      'alarms.receivers.*.http.method': { POST: 'POST', GET: 'GET' },
      'alarms.receivers.*.http.content_type': {
        'application/json': 'JSON',
        'application/x-www-form-urlencoded': 'форма',
        'text/plain': 'текст',
      },
    },
  },
};
