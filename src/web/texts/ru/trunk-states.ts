import type { TrunkStateTexts } from '../en/trunk-states.js';

export const trunkStateTexts: TrunkStateTexts = {
  conditions: {
    registered: 'подключено',
    reachable: 'доступен',
    unchecked: 'не проверяется',
    busy: 'все каналы заняты',
    registering: 'ожидание ответа оператора',
    rejected: 'оператор отклоняет регистрацию',
    unreachable: 'не отвечает',
    missing: 'нет в Asterisk',
    disabled: 'выключен',
    unknown: 'неизвестно',
  },
  calls: (n: number, most: number | null) => `звонки: ${n}${most === null ? '' : ` из ${most}`}`,
  lastError: 'Последний сбой:',
};
