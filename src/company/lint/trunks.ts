import { isCountry, toE164 } from '../../directory/numbers.js';
import type { Trunk } from '../../directory/trunk-schema.js';
import { NUMBER_REMEDY } from '../problem.js';
import { lintTwice } from './directory.js';
import type { Report } from './report.js';

/** Rules about trunks: unique names, complete settings, existing lines. */
export function lintTrunks(report: Report): void {
  const { trunks } = report.company;
  const { handsets } = report.names;
  lintTwice(
    report,
    'trunks',
    trunks.map(({ name }) => name),
  );
  for (const [index, trunk] of trunks.entries()) {
    const place = ['trunks', index];
    if (handsets.has(trunk.name))
      report.error([...place, 'name'], `"${trunk.name}" is a handset`, 'choose another name', {
        is_a_handset: trunk.name,
      });
    if (trunk.way === 'registration' && trunk.user === undefined)
      report.error(
        [...place, 'user'],
        'a registration needs a user',
        'write the user name that the provider gave you',
        {
          missing: true,
        },
      );
    if (trunk.country !== undefined && !isCountry(trunk.country))
      report.error([...place, 'country'], `"${trunk.country}" is not a country`, 'an ISO 3166 code such as CZ', {
        not_a_country: trunk.country,
      });
    if (trunk.encryption === 'sdes' && trunk.transport !== 'tls')
      report.warn(
        [...place, 'encryption'],
        'the keys of the audio travel in the signalling, which is not encrypted',
        'set transport: tls',
        { keys_not_encrypted: true },
      );
    lintCallerId(report, [...place, 'caller_id'], trunk);
    lintNumbers(report, trunk, place);
  }
}

function lintCallerId(report: Report, place: (string | number)[], { caller_id: { shows, number } }: Trunk): void {
  if (shows === 'line' || number !== undefined) return;
  report.error([...place, 'number'], `shows: ${shows} needs a number to show`, NUMBER_REMEDY, { missing: true });
}

function lintNumbers(report: Report, trunk: Trunk, place: (string | number)[]): void {
  const { country, lines } = report.company;
  const { caller_id, account_number } = trunk;
  const written: [place: (string | number)[], number: string | undefined][] = [
    [[...place, 'account_number'], account_number],
    [[...place, 'caller_id', 'number'], caller_id.number],
    ...caller_id.allowed.map((number, index): [(string | number)[], string] => [
      [...place, 'caller_id', 'allowed', index],
      number,
    ]),
    ...trunk.lines.map((number, index): [(string | number)[], string] => [[...place, 'lines', index], number]),
  ];
  for (const [at, number] of written) {
    if (number !== undefined && toE164(number, trunk.country ?? country) === undefined)
      report.error(at, `"${number}" is not a phone number`, NUMBER_REMEDY, { not_a_number: number });
  }
  const known = new Set(lines.map(({ number }) => toE164(number, country)));
  for (const [index, number] of trunk.lines.entries()) {
    const e164 = toE164(number, trunk.country ?? country);
    if (e164 !== undefined && !known.has(e164))
      report.error([...place, 'lines', index], `there is no line ${number}`, 'add it to lines', {
        unknown_line: number,
      });
  }
}
