import { messageOf } from '../../lib/error-message.js';
import { z } from 'zod';
import { toCallable } from '../../directory/dial-rules.js';
import { isCountry, toE164 } from '../../directory/numbers.js';
import { profileChanges, profileKind } from '../../directory/profiles.js';
import { NUMBER_REMEDY } from '../problem.js';
import { firstPositions } from '../../lib/first-positions.js';
import type { Report } from './report.js';

/** Rules about handsets that are telephones of the company's own Asterisk. */
function lintOwnPhones(report: Report): void {
  const { handsets } = report.company;
  const owners = new Map<string, string>();
  for (const [index, { name, endpoint, webrtc, max_contacts }] of handsets.entries()) {
    if (endpoint === undefined) continue;
    const at = ['handsets', index, 'endpoint'];
    const owner = owners.get(endpoint);
    owners.set(endpoint, name);
    if (owner !== undefined)
      report.error(
        at,
        `the handset "${owner}" is this telephone already`,
        'name another endpoint, or remove this handset',
        {
          endpoint_twice: endpoint,
        },
      );
    if (handsets.some((other) => other.name === endpoint && other.endpoint === undefined))
      report.error(at, `"${endpoint}" is a handset of the gateway`, "name an endpoint of Asterisk's own files", {
        endpoint_is_handset: endpoint,
      });
    if (webrtc || max_contacts > 1)
      report.error(at, 'the account of this telephone is not made by the gateway', 'remove webrtc and max_contacts', {
        not_our_account: endpoint,
      });
  }
}

/** Rules about lines, handsets, queues and profiles: unique names and existing references. */
export function lintDirectory(report: Report): void {
  const { company } = report;
  const { handsets, queues } = report.names;
  lintTwice(
    report,
    'lines',
    company.lines.map(({ number }) => number),
  );
  lintTwice(
    report,
    'prompts',
    company.prompts.map(({ id }) => id),
  );
  lintTwice(
    report,
    'handsets',
    company.handsets.map(({ name }) => name),
  );
  lintTwice(
    report,
    'queues',
    company.queues.map(({ id }) => id),
  );
  if (!isCountry(company.country))
    report.error(
      'country',
      `"${company.country}" is not a country with phone numbers of its own`,
      'an ISO 3166 code such as CZ',
      { not_a_country: company.country },
    );
  for (const [index, country] of company.dial_policy.countries.entries()) {
    if (!isCountry(country))
      report.error(
        ['dial_policy', 'countries', index],
        `"${country}" is not a country`,
        'an ISO 3166 code such as CZ',
        { not_a_country: country },
      );
  }
  for (const [index, line] of company.lines.entries()) {
    if (toE164(line.number, company.country) === undefined)
      report.error(['lines', index, 'number'], `"${line.number}" is not a phone number`, NUMBER_REMEDY, {
        not_a_number: line.number,
      });
    if (line.caller_id !== undefined && toE164(line.caller_id, company.country) === undefined)
      report.error(['lines', index, 'caller_id'], `"${line.caller_id}" is not a phone number`, NUMBER_REMEDY, {
        not_a_number: line.caller_id,
      });
    if (line.trunk !== undefined && handsets.has(line.trunk))
      report.error(
        ['lines', index, 'trunk'],
        `"${line.trunk}" is a handset`,
        "name an endpoint of Asterisk's own files",
        { is_a_handset: line.trunk },
      );
    if (line.queue !== undefined && !queues.has(String(line.queue)))
      report.error(['lines', index, 'queue'], `there is no queue ${line.queue}`, 'add it to queues', {
        unknown_queue: line.queue,
      });
    if (line.plan.length === 0)
      report.error(['lines', index, 'plan'], 'the plan is empty: calls are hung up', 'add actions', {
        plan_empty: true,
      });
  }
  for (const [index, { name }] of company.handsets.entries()) {
    if (RESERVED.has(name))
      report.error(['handsets', index, 'name'], `"${name}" is a name of the gateway's own`, 'choose another', {
        reserved_name: name,
      });
  }
  lintOwnPhones(report);
  for (const [index, queue] of company.queues.entries()) {
    for (const [member, name] of queue.handsets.entries()) {
      if (!handsets.has(name))
        report.error(
          ['queues', index, 'handsets', member],
          `there is no handset "${name}"`,
          report.suggest(name, handsets),
          { unknown_handset: name },
        );
    }
  }
  const { queue: parkingQueue } = company.parking;
  if (parkingQueue !== undefined && !queues.has(String(parkingQueue)))
    report.error('parking/queue', `there is no queue ${parkingQueue}`, 'name the id of a queue', {
      unknown_queue: parkingQueue,
    });
  const { operator_queue, max_concurrent } = company.notifications;
  if (operator_queue !== undefined && !queues.has(String(operator_queue)))
    report.error('notifications/operator_queue', `there is no queue ${operator_queue}`, 'name the id of a queue', {
      unknown_queue: operator_queue,
    });
  // Where numbers are called at all.
  const { countries, allow, max_concurrent: allowed } = company.dial_policy;
  if (countries.length + allow.length > 0 && max_concurrent > allowed)
    report.warn(
      'notifications/max_concurrent',
      `the dial policy allows ${allowed} outgoing calls at the same time`,
      'notifications beyond that would be refused: raise dial_policy/max_concurrent',
      { too_many_at_once: allowed },
    );
  lintOperators(report);
  lintContacts(report);
  lintFeatureCodes(report);
  lintExtensions(report);
  lintProfiles(report);
}

function lintContacts(report: Report): void {
  const { contacts, country } = report.company;
  const seen = new Set<string>();
  for (const [index, { number }] of contacts.entries()) {
    const e164 = toE164(number, country);
    const path = ['contacts', index, 'number'];
    if (e164 === undefined)
      report.error(path, `"${number}" is not a phone number`, NUMBER_REMEDY, { not_a_number: number });
    else if (seen.has(e164)) report.warn(path, `${e164} is here twice`, 'the first name counts', { duplicate: e164 });
    else seen.add(e164);
  }
}

function lintFeatureCodes(report: Report): void {
  const { log_in, pause, pick_up, blind_transfer, attended_transfer, park, messages } = report.company.feature_codes;
  if (log_in !== 'off' && log_in === pause)
    report.error('feature_codes/pause', `${pause} logs in and out already`, 'choose another code', {
      code_in_use: pause,
    });
  lintPrefixes(report, { attended_transfer, blind_transfer, park }, 'cannot be told apart while they are pressed');
  for (const [name, code] of Object.entries({ log_in, pause }))
    lintPrefixes(report, { messages, [name]: code }, 'cannot be told apart');
  for (const [name, code] of Object.entries({ log_in, pause, messages }))
    lintPrefixes(report, { pick_up, [name]: code }, 'cannot be told apart, because a number follows');
}

/** Reports codes of which one begins with another. */
function lintPrefixes(report: Report, codes: Record<string, string>, problem: string): void {
  const used = Object.entries(codes).filter(([, code]) => code !== 'off');
  for (const [index, [name, code]] of used.entries()) {
    const rival = used.slice(index + 1).find(([, other]) => code.startsWith(other) || other.startsWith(code));
    if (rival !== undefined)
      report.error(
        `feature_codes/${name}`,
        `${code} and ${rival[1]} ${problem}`,
        'choose codes of which neither begins with the other',
        { code_in_use: code },
      );
  }
}

function lintExtensions(report: Report): void {
  const { handsets, queues, dial_policy } = report.company;
  const places = [
    ...handsets.map(({ extension }, index) => ({ extension, at: ['handsets', index, 'extension'] })),
    ...queues.map(({ extension }, index) => ({ extension, at: ['queues', index, 'extension'] })),
  ];
  const seen = new Set<string>();
  for (const { extension, at } of places) {
    if (extension === undefined) continue;
    if (seen.has(extension))
      report.error(at, `the extension ${extension} is taken`, 'choose another extension', { code_in_use: extension });
    if (dial_policy.allow.includes(extension))
      report.error(
        at,
        `${extension} is a short code that may be called`,
        'choose another extension, or remove it from allow',
        {
          code_in_use: extension,
        },
      );
    seen.add(extension);
  }
}

function lintOperators(report: Report): void {
  const { handsets } = report.names;
  const { operators, country, dial_policy } = report.company;
  lintTwice(
    report,
    'operators',
    operators.map(({ id }) => id),
  );
  lintTwice(
    report,
    'operators',
    operators.map(({ login }) => login.toLowerCase()),
  );
  for (const [index, { handset, mobile }] of operators.entries()) {
    if (handset !== undefined && !handsets.has(handset)) {
      const remedy = report.suggest(handset, handsets);
      report.error(['operators', index, 'handset'], `there is no handset "${handset}"`, remedy, {
        unknown_handset: handset,
      });
    }
    if (mobile !== undefined && toCallable(mobile, dial_policy, country) === undefined)
      report.error(['operators', index, 'mobile'], `"${mobile}" is no number that somebody can have`, NUMBER_REMEDY, {
        not_a_number: mobile,
      });
  }
}

/** Endpoints of Asterisk that are not handsets. */
const RESERVED = new Set(['trunk', 'anonymous']);

export function lintTwice(report: Report, section: string, keys: readonly (string | number)[]): void {
  const firsts = firstPositions(keys);
  for (const [index, key] of keys.entries()) {
    const first = firsts.get(key) ?? index;
    if (first < index)
      report.error([section, index], `${key} is here twice`, `it is entry ${first + 1} of ${section} already`, {
        duplicate: key,
      });
  }
}

function lintProfiles(report: Report): void {
  const { checkProfile } = report.options;
  const { profiles } = report.company;
  for (const name of Object.keys(profiles)) {
    try {
      checkProfile?.(profileChanges(profiles, name), profileKind(profiles, name));
    } catch (error) {
      for (const { path, message } of issuesOf(error))
        report.error(['profiles', name, ...path], `profile "${name}": ${message}`, 'docs/hand-over.md has every word');
    }
  }
}

function issuesOf(error: unknown): { path: PropertyKey[]; message: string }[] {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => ({ path, message: [...path.map(String), message].join(': ') }));
  return [{ path: [], message: messageOf(error) }];
}
