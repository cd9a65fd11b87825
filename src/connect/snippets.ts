import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPLATES = fileURLToPath(new URL('../../asterisk-config', import.meta.url));

/** A part of Asterisk's configuration that the gateway brings. */
export interface Snippet {
  /** File of the owner that includes it. */
  file: string;
  /** Name in the gateway's folder. */
  name: string;
  /** The file for additions on a FreePBX, which generates the other one. */
  freepbxFile: string;
  /** Section of the owner's file in which the line must be; undefined: at the end. */
  section?: string;
  text: string;
  /** What does not work without it. */
  why: string;
}

/** Values for the placeholders of `asterisk-config`. */
export type SnippetValues = Record<string, string>;

/** As in asterisk-config/render.sh. */
export const DIALPLAN_DEFAULTS = {
  LEASH_S: '60',
  FALLBACK_LANGUAGE: 'cs',
  FALLBACK_WAIT_S: '600',
  FALLBACK_DIAL: 'none',
} as const;

const SORCERY_FILES = { file: 'sorcery.conf', freepbxFile: 'sorcery.conf' };
/** Sections of `sorcery.conf`. A line that includes one stands in the section of the owner's file. */
const SORCERY = [
  { section: 'res_pjsip', name: 'sorcery.conf', why: 'the gateway cannot make SIP accounts' },
  {
    section: 'res_pjsip_endpoint_identifier_ip',
    name: 'sorcery-identify.conf',
    why: 'calls of trunks that the gateway makes are not recognised',
  },
  {
    section: 'res_pjsip_outbound_registration',
    name: 'sorcery-registration.conf',
    why: 'trunks that the gateway makes cannot register',
  },
  { section: 'acl', name: 'sorcery-acl.conf', why: 'addresses that guess passwords are not banned for SIP' },
];

/** The parts of `asterisk-config` that stand beside an owner's configuration, with the values in place of the placeholders. */
export async function snippetsFor(values: SnippetValues): Promise<Snippet[]> {
  const template = async (name: string) => fill(await readFile(path.join(TEMPLATES, name), 'utf8'), values);
  const app = values['ARI_APP'] ?? '';
  const [ari, manager, configUser, dialplan, queues, features, sorcery] = await Promise.all(
    [
      'ari.conf',
      'manager.conf',
      'optional/manager-config-user.conf',
      'extensions.conf',
      'queues.conf',
      'features.conf',
      'sorcery.conf',
    ].map(template),
  );
  const snippets: (Omit<Snippet, 'name'> & Partial<Pick<Snippet, 'name'>>)[] = [
    {
      file: 'ari.conf',
      freepbxFile: 'ari_additional_custom.conf',
      text: sectionsOf(ari, ['general']),
      why: 'the gateway cannot log in to ARI',
    },
    {
      file: 'manager.conf',
      freepbxFile: 'manager_custom.conf',
      text: `${sectionsOf(manager, ['general'])}\n${configUser}`,
      why: 'the gateway cannot log in to AMI, and cannot write queues',
    },
    {
      file: 'extensions.conf',
      freepbxFile: 'extensions_custom.conf',
      text: sectionsOf(dialplan, ['general', 'globals']).replaceAll('${FALLBACK_DIAL}', values['FALLBACK_DIAL'] ?? ''),
      why: 'calls cannot reach the gateway, wait in queues or ring handsets',
    },
    {
      file: 'queues.conf',
      freepbxFile: 'queues_custom.conf',
      text: sectionsOf(queues, ['general']),
      why: 'the gateway cannot write queues',
    },
    {
      file: 'musiconhold.conf',
      freepbxFile: 'musiconhold_custom.conf',
      text: `#tryinclude ${app}-music.conf\n`,
      why: 'callers in queues do not hear the music of the gateway',
    },
    ...SORCERY.map((part) => ({ ...SORCERY_FILES, ...part, text: contentOf(sorcery, part.section) })),
    {
      file: 'features.conf',
      freepbxFile: 'features_applicationmap_custom.conf',
      section: 'applicationmap',
      text: contentOf(features, 'applicationmap'),
      why: "codes pressed in a queue's talk have no effect",
    },
  ];
  return snippets.map((snippet) => ({ name: snippet.file, ...snippet }));
}

/** Modules that the gateway's configuration loads, without `.so`. */
export async function neededModules(): Promise<string[]> {
  const text = await readFile(path.join(TEMPLATES, 'modules.conf'), 'utf8');
  return [...text.matchAll(/^load=(\w+)\.so$/gm)].map(([, name]) => name ?? '');
}

function fill(text: string, values: SnippetValues): string {
  return text.replaceAll(/@([A-Z][A-Z0-9_]*)@/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${placeholder} of asterisk-config has no value`);
    return value.replaceAll(';', '\\;');
  });
}

/** All sections but the named ones, without comments. The owner's own additions of the bundled Asterisk are not included. */
function sectionsOf(text: string | undefined, without: readonly string[]): string {
  const parts = lines(text)
    .join('\n')
    .split(/^(?=\[)/m);
  const kept = parts.filter((part) => /^\[/.test(part) && !without.some((name) => part.startsWith(`[${name}]`)));
  return `${kept.map((part) => part.trim()).join('\n\n')}\n`.replaceAll(
    /^#tryinclude (?:extensions\.d|manager-config-user|fallback-members).*\n?/gm,
    '',
  );
}

/** The lines of one section, without its header. */
function contentOf(text: string | undefined, section: string): string {
  const parts = lines(text)
    .join('\n')
    .split(/^(?=\[)/m);
  const found = parts.find((part) => part.startsWith(`[${section}]`)) ?? '';
  return `${found.split('\n').slice(1).join('\n').trim()}\n`;
}

function lines(text = ''): string[] {
  return text.split('\n').filter((line) => !line.startsWith(';'));
}
