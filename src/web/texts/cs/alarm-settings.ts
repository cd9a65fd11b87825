import { alarmTexts } from '../../../alarms/texts/cs/alarms.js';
import { alarmRuleWords } from '../alarm-words.js';
import type { AlarmSettingTexts } from '../en/alarm-settings.js';

export const alarmSettingTexts: AlarmSettingTexts = {
  alarms: 'Poplachy',
  title: 'Nastavení poplachů',
  hint: 'Co je poplach a komu se posílá.',
  receiver: { add: 'Přidat příjemce', remove: 'Odebrat příjemce' },
  form: {
    fields: {
      'alarms.receivers': ['Příjemci poplachů', 'Poplachy dostávají i webhooky s událostí alarm.'],
      'alarms.receivers.*.name': ['Název', 'Malá písmena, číslice, - a _.'],
      'alarms.receivers.*.mail': ['E-mailové adresy', 'Brána potřebuje poštovní server: SMTP_HOST.'],
      'alarms.receivers.*.language': ['Jazyk zpráv'],
      'alarms.receivers.*.http': ['Poslat HTTP požadavek', 'Místo e-mailu, například do Telegramu nebo ntfy.'],
      'alarms.receivers.*.http.url': ['Adresa', 'Za jménem serveru se nahradí {subject}, {text} a {secret}.'],
      'alarms.receivers.*.http.method': ['Metoda'],
      'alarms.receivers.*.http.body': [
        'Tělo',
        'S {subject}, {text}, {state}, {rule}, {about}, {since}, {url}. Bez něj se poplach pošle jako JSON.',
      ],
      'alarms.receivers.*.http.content_type': ['Formát těla'],
      'alarms.receivers.*.http.secret': ['Proměnná s hodnotou {secret}', 'Její název začíná WEBHOOK_.'],
      'alarms.receivers.*.http.bearer': ['Proměnná s klíčem Bearer', 'Její název začíná WEBHOOK_.'],
      'alarms.resolve_after': ['Poplach je vyřešen za', 'Jak dlouho musí být vše zase v pořádku.'],
      ...alarmRuleWords(alarmTexts, {
        after: 'hlásit až po',
        longer_than: 'déle než',
        below_percent: 'volno méně než (procent)',
        older_than_hours: 'záloha starší než (hodin)',
        at_percent: 'využito alespoň (procent)',
        attempts: 'počet pokusů',
        within: 'za dobu',
        calls: 'počet hovorů',
        addresses: 'počet adres',
        expires_within_days: 'dnů před koncem platnosti',
      }),
    },
    options: {
      'alarms.receivers.*.http.method': { POST: 'POST', GET: 'GET' },
      'alarms.receivers.*.http.content_type': {
        'application/json': 'JSON',
        'application/x-www-form-urlencoded': 'formulář',
        'text/plain': 'text',
      },
    },
  },
};
