import { DIALPLAN_DEFAULTS, snippetsFor, type SnippetValues } from './snippets.js';

/** A snippet for people to read and copy. */
export interface ShownSnippet {
  /** File of Asterisk's configuration that lacks it. */
  file: string;
  /** The file for additions on a FreePBX. */
  freepbxFile: string;
  /** Section of `file` in which it must be; undefined: it brings its own ones. */
  section: string | undefined;
  /** What does not work without it. */
  why: string;
  /** Without passwords: their lines are comments that name the variable. */
  text: string;
}

interface SnippetUsers {
  ari: { url: string; user: string; app: string };
  ami: { port: number; user: string };
  amiConfig: { user: string } | undefined;
}

const PASSWORDS = ['ARI_PASSWORD', 'AMI_PASSWORD', 'AMI_CONFIG_PASSWORD'] as const;
const DEFAULT_CONFIG_USER = 'cordboard-config';
/** No setting has this character. */
const MARK = '\u0001';

/** All snippets of this gateway, without passwords. A line that names one is a comment, so that no placeholder becomes a password. */
export async function shownSnippets({ ari, ami, amiConfig }: SnippetUsers): Promise<ShownSnippet[]> {
  const values: SnippetValues = {
    ...DIALPLAN_DEFAULTS,
    ...Object.fromEntries(PASSWORDS.map((name) => [name, `${MARK}<${name}>`])),
    ARI_APP: ari.app,
    ARI_USER: ari.user,
    AMI_USER: ami.user,
    AMI_CONFIG_USER: amiConfig?.user ?? DEFAULT_CONFIG_USER,
    AMI_PORT: String(ami.port),
    MANAGEMENT_ADDRESS: new URL(ari.url).hostname,
  };
  return (await snippetsFor(values)).map(({ file, freepbxFile, section, why, text }) => ({
    file,
    freepbxFile,
    section,
    why,
    text: text.split('\n').map(withoutPassword).join('\n').trim(),
  }));
}

function withoutPassword(line: string): string {
  return line.includes(MARK) ? `;${line.replaceAll(MARK, '')}` : line;
}
