import type { TrunkProblemTexts } from '../en/trunk-problems.js';

export const trunkProblemTexts: TrunkProblemTexts = {
  rejected:
    '{server} отклоняет регистрацию пользователя {user}: сравните пользователя, пароль и домен с данными оператора',
  unreachable: '{server} не отвечает: сравните сервер с данными оператора; ответы может блокировать брандмауэр',
  registering: '{server} ещё не ответил на регистрацию',
  missing: 'в Asterisk нет этого транка',
  busy: 'все каналы заняты',
  no_password: 'пароль пользователя {user} не сохранён',
  unknown_host: 'DNS не вернул адрес: {hosts}',
  name_taken: 'в Asterisk уже есть endpoint {name}, который не является транком шлюза',
  not_written: 'Asterisk не принял транк: {details}',
  endpoint_missing: 'в Asterisk нет endpoint PJSIP {name} (TRUNK_ENDPOINT)',
  endpoint_not_registered: 'транк {name} не зарегистрирован у оператора: {status}',
  endpoint_unreachable: 'у транка {name} нет доступного контакта',
  no_answer: 'другая сторона не ответила',
  silent: 'другая сторона не отреагировала на звонок за {seconds} с',
  sip: 'другая сторона ответила кодом SIP {status}',
  cause: 'звонок не удался, код {cause} (Q.850)',
};
