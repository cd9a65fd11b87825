import { trunkProblemTexts } from '../../../directory/texts/en/trunk-problems.js';
import type { AlarmRule } from '../../schema.js';

/**
 * `{subject}` and the other placeholders are replaced by the values of the alarm. `title` and `what`: by the value `case` of the alarm,
 * where a rule has several cases.
 */
export interface RuleTexts {
  /** Of the rule, in lists. */
  name: string;
  title: string | Record<string, string>;
  what: string | Record<string, string>;
  remedy: string;
  /** Words for subjects that are not names. */
  subjects?: Record<string, string>;
  /** Words for problems that have a code: the value `code` of the alarm. */
  problems?: Record<string, string>;
}

/** Words of alarms, in messages and in the console. */
export const alarmTexts = {
  resolved: 'Resolved: {title}',
  since: 'Since: {time}',
  until: 'Until: {time}',
  whatToDo: 'What to do: {remedy}',
  page: 'Page: {url}',
  testTitle: 'Test message',
  testText: 'This is a test. When you read it, messages about alarms arrive here.',
  rules: {
    trunk_down: {
      name: 'Trunk down',
      title: 'Trunk down: {subject}',
      what: 'Calls from and to the provider do not work: {problem}.',
      remedy:
        'Check the internet connection and the data of the provider. Ask the provider whether there is an outage.',
      problems: trunkProblemTexts,
    },
    queue_unstaffed: {
      name: 'Callers wait, no handset is registered',
      title: 'Nobody can answer in the queue {subject}',
      what: 'Callers wait, but no handset of the queue is logged in and registered. Waiting callers: {waiting}.',
      remedy: 'Switch on a telephone of the queue, or log an operator in. Check the network of the telephones.',
    },
    queue_waiting: {
      name: 'Callers wait too long',
      title: 'Callers wait too long in the queue {subject}',
      what: 'The longest wait is {minutes} min. Waiting callers: {waiting}.',
      remedy: 'Ask for more operators in the queue, or end their pauses.',
    },
    shop_failing: {
      name: 'Shop fails',
      title: 'The shop does not answer: {subject}',
      what: 'Requests of calls to the shop fail, so calls follow their fallback. Failures since the last success: {failures}. The last one: {problem}.',
      remedy: 'Check whether the web application runs, and what its log says about requests of the gateway.',
    },
    deliveries_late: {
      name: 'Events wait for delivery',
      title: 'Events wait for delivery to {subject}',
      what: 'The oldest event has waited {minutes} min. Waiting events: {waiting}. None is lost: each is tried again for a day.',
      remedy: 'See the last failure on the page of webhooks, and correct the receiver.',
    },
    disk_low: {
      name: 'Disk nearly full',
      title: 'The disk is nearly full',
      what: 'Free on the disk of the data folder: {percent} % ({megabytes} MB). When it is full, calls in progress continue, and new calls go to the fallback.',
      remedy: 'Free space on the disk, keep recordings and backups for a shorter time, or use a larger disk.',
    },
    backup_old: {
      name: 'Backup failed or too old',
      title: 'There is no current backup',
      what: { failed: 'The last backup failed: {problem}.', old: 'The last good backup was {hours} hours ago.' },
      remedy: 'See the page System, correct the settings BACKUP_…, and make a backup there.',
    },
    dial_limit: {
      name: 'Limit of outgoing calls',
      title: {
        all: 'Limit of outgoing calls: {subject}',
        handset: 'Limit of outgoing calls per day: handset {whose}',
        operator: 'Limit of outgoing calls per day: {whose}',
      },
      what: 'Outgoing calls: {used} of {most}. At the limit further calls are refused.',
      remedy:
        'Look for calls that nobody meant to make: a stolen password of a handset costs money. Otherwise raise the limit in the settings.',
      subjects: { at_once: 'at the same time', per_day: 'per day' },
    },
    password_guessing: {
      name: 'Passwords are guessed',
      title: 'Somebody guesses passwords from {subject}',
      what: 'Wrong passwords within {minutes} min: {attempts}. Further attempts are slowed down.',
      remedy:
        'If the address is yours, look for a telephone or program there with an old password. Otherwise ban it on the page System, and check that passwords are long.',
    },
    address_banned: {
      name: 'Addresses are banned',
      title: 'Addresses are banned that guessed passwords ({subject})',
      what: 'Addresses that were banned within {minutes} min: {addresses}. The gateway refuses everything that comes from them.',
      remedy:
        'The page System lists them. Lift the ban of an address that is yours, and correct the password there. Strangers need nothing more: close the port in the firewall if they go on.',
      subjects: { http: 'pages and API', sip: 'SIP', sip_udp: 'SIP over UDP' },
    },
    certificate: {
      name: 'Certificate',
      title: 'The certificate needs attention: {subject}',
      what: {
        expires: 'It expires soon. Days left: {days}.',
        expired: 'It has expired. Days since then: {days}. Browsers and telephones refuse the connection.',
        unusable: 'It cannot be used: {problem}. A former one stays in use until it expires.',
      },
      remedy: 'Renew the certificate, and check that the renewal writes both files to TLS_DIR.',
      subjects: { https: 'pages and API (HTTPS)', sip: 'telephones (SIP over TLS)' },
    },
    gateway_degraded: {
      name: 'A check fails',
      title: 'A check fails: {subject}',
      what: '{problem}.',
      remedy: 'See the page System. {remedy}',
      subjects: {
        ari: 'control of calls (ARI)',
        ami: 'queues and handsets (AMI)',
        asterisk: 'version of Asterisk',
        dialplan: 'dialplan',
        handsets: 'handsets',
        queues: 'queues',
        database: 'database',
        recordings: 'recordings',
        installation: 'data folder',
        notifications: 'notifications',
        bans: 'bans of addresses',
      },
    },
    calls_refused: {
      name: 'Calls are refused',
      title: 'Calls are refused: {subject}',
      what: 'Refused calls within {minutes} min: {calls}.',
      remedy: 'See the page System: it lists the dialled numbers, and a number can become a line there.',
      subjects: {
        unknown_line: 'no line has the number',
        line_full: 'a line has as many calls as it may have',
        too_many: 'the gateway has as many calls as it may have',
        not_durable: 'the database cannot be written',
        unknown_arguments: 'the dialplan does not fit the gateway',
      },
    },
  } satisfies Record<AlarmRule, RuleTexts> as Record<AlarmRule, RuleTexts>,
};

export type AlarmTexts = typeof alarmTexts;
