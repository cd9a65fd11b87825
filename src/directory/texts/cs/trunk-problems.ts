import type { TrunkProblemTexts } from '../en/trunk-problems.js';

export const trunkProblemTexts: TrunkProblemTexts = {
  rejected: '{server} odmítá přihlášení uživatele {user}: porovnejte uživatele, heslo a doménu s údaji od operátora',
  unreachable: '{server} neodpovídá: porovnejte server s údaji od operátora; odpovědi může blokovat firewall',
  registering: '{server} na registraci zatím neodpověděl',
  missing: 'Asterisk tento trunk nemá',
  busy: 'všechny kanály jsou obsazené',
  no_password: 'heslo uživatele {user} není uloženo',
  unknown_host: 'DNS nevrátilo adresu: {hosts}',
  name_taken: 'Asterisk už má endpoint {name}, který není trunkem brány',
  not_written: 'Asterisk trunk nepřijal: {details}',
  endpoint_missing: 'Asterisk nemá endpoint PJSIP {name} (TRUNK_ENDPOINT)',
  endpoint_not_registered: 'trunk {name} není zaregistrovaný u operátora: {status}',
  endpoint_unreachable: 'trunk {name} nemá dostupný kontakt',
  no_answer: 'druhá strana neodpověděla',
  silent: 'druhá strana do {seconds} s na hovor nereagovala',
  sip: 'druhá strana odpověděla kódem SIP {status}',
  cause: 'hovor se nezdařil, kód {cause} (Q.850)',
};
