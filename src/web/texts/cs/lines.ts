import type { LineTexts } from '../en/lines.js';
import { plural } from '../plural.js';

export const lineTexts: LineTexts = {
  title: 'Linky',
  line: 'Linka',
  add: 'Přidat linku',
  none: 'Zatím žádné linky.',
  noneHint: 'Linka je telefonní číslo firmy. Hovory na ni se řídí jejím plánem hovoru.',
  callerId: 'Při volání ukazuje',
  languages: 'Jazyky',
  more: plural('cs', { one: 'a # další', few: 'a # další', other: 'a # dalších' }),
  queues: 'Fronty',
  plan: 'Plán hovoru',
  planHint: 'Dokud linka nemá plán hovoru, hovory zavěšuje.',
  trunkName: 'Spojení s operátorem:',
  details: 'Podrobnosti',
  trunk: { online: 'připojeno', offline: 'nepřipojeno', unknown: 'neznámý stav', notRegistered: 'není registrováno' },
  groups: { basics: 'Linka', limits: 'Omezení', outgoing: 'Odchozí hovory', dispatch: 'Objednávky' },
  callBack: { usual: 'podle plánu hovoru', yes: 'ano', no: 'ne' },
  form: {
    fields: {
      number: ['Číslo', 'S předvolbou země, například +420222333444. Později ho nelze změnit.'],
      name: ['Název', 'Například „Objednávky“ nebo „Pobočka Brno“.'],
      languages: ['Jazyky hlášek', 'Přehraje se první, který hláška má. Výchozí: jazyky firmy.'],
      time_zone: ['Časové pásmo', 'Pro pracovní dobu. Výchozí: pásmo firmy.'],
      reject_prompt: ['Hláška pro odmítnuté volající', 'Výchozí: hláška firmy.'],
      max_calls: ['Nejvíce hovorů současně', 'Další volající slyší obsazovací tón. Prázdné: bez vlastního omezení.'],
      caller_id: ['Zobrazované číslo', 'Co vidí ostatní, když jim linka volá. Výchozí: její vlastní číslo.'],
      trunk: ['Trunk', 'Odchozí hovory jdou nejdřív přes něj. Výchozí: podle pořadí trunků.'],
      branch: ['Pobočka', 'Pro dispečink.'],
      tariff: ['Výchozí tarif', 'Objednávek z této linky.'],
      queue: ['Operátoři', 'Fronta, ve které volající z této linky najdou operátora.'],
      call_back: ['Spojit volající, kteří volají zpět kvůli objednávce', 'Ještě než začne plán hovoru.'],
    },
    options: {},
  },
};
