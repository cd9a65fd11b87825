import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import type { AmiEvent, AmiFields, AmiItem } from '../asterisk/ami/ami-connection.js';
import { ariPath, type AriAnswer, type AriRequest } from '../asterisk/ari/ari-request.js';
import { systemSchema } from '../asterisk/ari/ari-schema.js';
import { entryContexts, neededContexts } from '../asterisk/contexts.js';
import { clockOffset, missingContexts, permittedActions, runningModules } from '../asterisk/inspection.js';
import type { AsteriskNames } from '../asterisk/names.js';
import { missingRingingNeeds } from '../asterisk/ringing-needs.js';
import { messageOf } from '../lib/error-message.js';
import { settingIn, type AsteriskFiles } from './asterisk-file.js';
import { finding, type Finding } from './sheet.js';
import { neededModules } from './snippets.js';

/** What a running Asterisk is asked with. Each request may fail; that becomes a row of its own. */
export interface InspectionLinks {
  ari(request: AriRequest): Promise<AriAnswer>;
  ami: {
    action(fields: AmiFields): Promise<AmiItem>;
    list(fields: AmiFields): Promise<AmiEvent[]>;
    receivesSecurityEvents(): Promise<boolean>;
  };
  /** Logs in as the user that writes queues, and asks it. Undefined: no such user is configured. */
  configUser?: ((fields: AmiFields) => Promise<AmiItem>) | undefined;
}

export interface InspectedAsterisk {
  links: InspectionLinks;
  /** Undefined: the configuration of another machine. */
  files?: AsteriskFiles | undefined;
  names: AsteriskNames;
  trunk: string;
  /** Asterisk runs on this machine. */
  isLocal: boolean;
  now: () => number;
}

const MIN_MAJOR = 16;
const MOST_CLOCK_DIFFERENCE_MS = 2_000;
const SLOW_LOOKUP_MS = 1_000;
const FEWEST_THREADS = 16;
/** Modules without which only a part of the product is missing, or that older versions do not have. */
const OPTIONAL = new Set([
  ...['codec_opus_open_source', 'res_format_attr_opus', 'codec_g722', 'res_srtp', 'res_security_log', 'func_timeout'],
  ...['res_websocket_client', 'res_pjsip_outbound_publish', 'res_pjsip_dlg_options', 'res_pjsip_transport_websocket'],
  ...['app_amd', 'app_waitforsilence', 'app_echo', 'app_exec', 'codec_a_mu', 'bridge_builtin_features', 'res_curl'],
  ...['app_minivm', 'res_pjsip_mwi', 'res_pjsip_mwi_body_generator'],
]);

/** Looks at everything that the gateway needs of an Asterisk. Never rejects: what cannot be looked at is a row too. */
export async function inspectAsterisk(asterisk: InspectedAsterisk): Promise<Finding[]> {
  const [ari, ami] = await Promise.all([
    looking('ari', () => ariRows(asterisk)),
    looking('ami', () => amiRows(asterisk)),
  ]);
  const rest = await Promise.all([
    looking('sorcery', () => sorceryRows(asterisk)),
    looking('pjsip', () => sipRows(asterisk, ari)),
    looking('names', () => nameRows(asterisk)),
    looking('dns', () => dnsRows(asterisk)),
  ]);
  return [...ari, ...ami, ...rest.flat()];
}

async function looking(topic: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [finding(topic, 'unknown', messageOf(error))];
  }
}

async function ariRows({ links, trunk }: InspectedAsterisk): Promise<Finding[]> {
  const info = await links.ari({ method: 'GET', path: 'asterisk/info' });
  if (info.status === 401 || info.status === 403)
    return [
      finding(
        'ari',
        'missing',
        `Asterisk rejects the ARI user: HTTP ${info.status}`,
        'Include the gateway’s ari.conf, and run `module reload res_ari.so`. Or set ARI_USER and ARI_PASSWORD.',
      ),
    ];
  if (info.status !== 200)
    return [
      finding(
        'ari',
        'missing',
        `ARI answers HTTP ${info.status}`,
        'Set enabled=yes in [general] of http.conf and of ari.conf, and load res_ari and its parts.',
      ),
    ];
  const { version } = systemSchema.parse(JSON.parse(info.body)).system;
  // A read-only user is refused before the channel is looked for.
  const write = await links.ari({ method: 'DELETE', path: ariPath('channels', 'cordboard-none') });
  const [endpoint, modules] = await Promise.all([
    links.ari({ method: 'GET', path: ariPath('endpoints', 'PJSIP', trunk) }),
    links.ari({ method: 'GET', path: 'asterisk/modules' }),
  ]);
  return [
    versionRow(version),
    write.status === 403
      ? finding('ari', 'missing', 'the ARI user may only read', 'Set read_only=no for the user of ari.conf.')
      : finding('ari', 'ok', 'ARI answers, and its user may write'),
    ...(await moduleRows(runningModules(JSON.parse(modules.body)))),
    endpoint.status === 200
      ? finding('trunk', 'ok', `the endpoint ${trunk} exists`)
      : finding(
          'trunk',
          'missing',
          `there is no PJSIP endpoint ${trunk}: calls to telephone numbers fail`,
          "Set TRUNK_ENDPOINT to the name of your trunk's endpoint in pjsip.conf.",
        ),
  ];
}

function versionRow(version: string): Finding {
  const major = Number(/\d+/.exec(version)?.[0]);
  return major < MIN_MAJOR
    ? finding('version', 'missing', `Asterisk ${version}`, `Install Asterisk ${MIN_MAJOR} or newer.`)
    : finding('version', 'ok', `Asterisk ${version}`);
}

async function moduleRows(running: ReadonlySet<string>): Promise<Finding[]> {
  const missing = (await neededModules()).filter((name) => !running.has(name));
  const [needed, optional] = [
    missing.filter((name) => !OPTIONAL.has(name)),
    missing.filter((name) => OPTIONAL.has(name)),
  ];
  const load = (names: string[]) =>
    `Add ${names.map((name) => `load=${name}.so`).join(', ')} to [modules] of modules.conf, and run \`module load NAME\` for each.`;
  const codecs = ['codec_alaw', 'codec_ulaw'].filter((name) => running.has(name));
  return [
    needed.length > 0
      ? finding('modules', 'missing', `not running: ${needed.join(', ')}`, load(needed))
      : finding('modules', 'ok', 'all needed modules run'),
    ...(optional.length > 0
      ? [
          finding(
            'modules',
            'warning',
            `not running, needed by single functions: ${optional.join(', ')}`,
            load(optional),
          ),
        ]
      : []),
    codecs.length === 2
      ? finding('codecs', 'ok', 'alaw and ulaw')
      : finding('codecs', 'missing', 'prompts and calls need alaw and ulaw', load(['codec_alaw', 'codec_ulaw'])),
  ];
}

async function amiRows(asterisk: InspectedAsterisk): Promise<Finding[]> {
  const { ami, configUser } = asterisk.links;
  const permitted = await permittedActions((fields) => ami.action(fields));
  const lacking = Object.entries({ DBPut: 'system', Redirect: 'call', QueueAdd: 'agent', ShowDialPlan: 'reporting' })
    .filter(([command]) => !permitted.has(command.toLowerCase()))
    .map(([, right]) => right);
  const rights =
    'Give the user of manager.conf read=system,call,agent,user,reporting,security,dtmf and write=system,call,agent,reporting.';
  const needs = await missingRingingNeeds({
    action: (fields) => ami.action(fields),
    receivesSecurityEvents: () => ami.receivesSecurityEvents(),
  });
  return [
    lacking.length > 0
      ? finding('ami', 'missing', `the AMI user lacks write=${lacking.join(',')}`, rights)
      : finding('ami', 'ok', 'AMI answers, and its user has the rights'),
    ...needs.map((problem) =>
      finding('ami', 'missing', problem, problem.includes('func_db') ? 'Load func_db.so.' : rights),
    ),
    await configUserRow(configUser),
    await dialplanRow(asterisk, lacking),
    await clockRow(asterisk),
  ];
}

async function configUserRow(configUser: InspectionLinks['configUser']): Promise<Finding> {
  const remedy =
    'Include the gateway’s manager.conf, which has the user with write=config, and set AMI_CONFIG_PASSWORD.';
  if (configUser === undefined)
    return finding('queues', 'missing', 'queues and music cannot be written without AMI_CONFIG_PASSWORD', remedy);
  try {
    return (await permittedActions(configUser)).has('updateconfig')
      ? finding('queues', 'ok', 'the AMI user of the queues may write them')
      : finding('queues', 'missing', 'the AMI user of the queues lacks write=config', remedy);
  } catch (error) {
    return finding('queues', 'missing', `the AMI user of the queues: ${messageOf(error)}`, remedy);
  }
}

async function dialplanRow({ links, names }: InspectedAsterisk, lacking: string[]): Promise<Finding> {
  if (lacking.includes('reporting')) return finding('dialplan', 'unknown', 'the AMI user lacks reporting');
  const { contexts } = names;
  const wanted = [...neededContexts(contexts), ...entryContexts(contexts)];
  const missing = await missingContexts((fields) => links.ami.list(fields), wanted);
  return missing.length === 0
    ? finding('dialplan', 'ok', `the contexts ${names.app}-… exist`)
    : finding(
        'dialplan',
        'missing',
        `no context ${missing.join(', ')}: calls cannot wait in queues or ring handsets`,
        'Include the gateway’s extensions.conf, and run `dialplan reload`.',
      );
}

async function clockRow({ links, now }: InspectedAsterisk): Promise<Finding> {
  const differenceMs = Math.abs((await clockOffset((fields) => links.ami.action(fields), now)).offsetMs);
  if (Number.isNaN(differenceMs)) return finding('clock', 'unknown', 'AMI reports no time');
  const text = `Asterisk's clock differs by ${(differenceMs / 1000).toFixed(1)} s from this machine's`;
  return differenceMs > MOST_CLOCK_DIFFERENCE_MS
    ? finding('clock', 'warning', text, 'Run chrony or systemd-timesyncd on both machines.')
    : finding('clock', 'ok', text);
}

async function sorceryRows({ files }: InspectedAsterisk): Promise<Finding[]> {
  if (files === undefined) return [];
  const sections = await files.sections('sorcery.conf');
  const stores = (type: string) => {
    const named = (sections ?? []).filter(({ name }) => name === 'res_pjsip').flatMap(({ settings }) => settings);
    return named.filter(([name]) => name === type).map(([, value]) => value);
  };
  const missing = ['auth', 'aor', 'endpoint'].filter(
    (type) => !stores(type).some((value) => value.startsWith('astdb')),
  );
  return [
    missing.length > 0
      ? finding(
          'sorcery',
          'missing',
          `sorcery.conf maps no ${missing.join(', ')} to astdb: the gateway cannot make SIP accounts`,
          'Include the gateway’s sorcery.conf in [res_pjsip], and restart Asterisk.',
        )
      : finding('sorcery', 'ok', 'SIP accounts of the gateway are stored in astdb'),
  ];
}

async function sipRows({ files }: InspectedAsterisk, before: readonly Finding[]): Promise<Finding[]> {
  const sections = await files?.sections('pjsip.conf');
  if (sections === undefined) return [];
  const typed = (type: string) =>
    sections.filter(({ settings }) => settings.some(([name, value]) => name === 'type' && value === type));
  const outside = typed('transport').some(({ settings }) =>
    settings.some(([name]) => name === 'external_media_address'),
  );
  const threads = Number(
    typed('system')
      .map(({ name }) => settingIn(sections, name, 'taskpool_minimum_size'))
      .at(-1) ?? 0,
  );
  const version = before.find(({ topic }) => topic === 'version')?.text ?? '';
  const isAffected = /Asterisk 22\.([89]|10)\b/.test(version);
  return [
    outside
      ? finding('nat', 'ok', 'a transport announces an outside address')
      : finding(
          'nat',
          'warning',
          'no transport has external_media_address',
          'Behind NAT, set external_media_address, external_signaling_address and local_net of the transport; without NAT, nothing is to be done.',
        ),
    isAffected && threads < FEWEST_THREADS
      ? finding(
          'task pool',
          'warning',
          'Asterisk 22.8 to 22.10 lets calls wait for slow look-ups of host names (asterisk#2074)',
          'Set taskpool_minimum_size=32 and taskpool_initial_size=32 in the section of type=system of pjsip.conf, and restart Asterisk.',
        )
      : finding('task pool', 'ok', 'large enough for this version'),
  ];
}

/** Objects of the company that the gateway would meet. */
async function nameRows({ files, names }: InspectedAsterisk): Promise<Finding[]> {
  const sections = await files?.sections('queues.conf');
  if (files === undefined || sections === undefined) return [];
  const ours = new Set((await files.sections(names.files.queues))?.map(({ name }) => name));
  const taken = sections
    .map(({ name }) => name)
    .filter((name) => names.queueIdOf(name) !== undefined && !ours.has(name));
  return taken.length === 0
    ? []
    : [
        finding(
          'names',
          'missing',
          `the queues ${[...new Set(taken)].join(', ')} have names of the gateway's queues`,
          'Set ARI_APP to another name: it becomes the prefix of everything of the gateway.',
        ),
      ];
}

/** Asterisk looks up its own name at each call. */
async function dnsRows({ isLocal, now }: InspectedAsterisk): Promise<Finding[]> {
  const remedy = "Add the machine's own name to /etc/hosts (127.0.1.1 NAME): Asterisk looks it up at each call.";
  if (!isLocal) return [finding('dns', 'unknown', "whether Asterisk's machine knows its own name", remedy)];
  const before = now();
  const found = await lookup(hostname()).then(
    () => true,
    () => false,
  );
  const tookMs = now() - before;
  return [
    found && tookMs < SLOW_LOOKUP_MS
      ? finding('dns', 'ok', `${hostname()} is looked up in ${tookMs} ms`)
      : finding(
          'dns',
          'warning',
          found ? `looking up ${hostname()} takes ${tookMs} ms` : `${hostname()} cannot be looked up`,
          remedy,
        ),
  ];
}
