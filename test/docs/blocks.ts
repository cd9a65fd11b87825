import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A fenced block of a page. */
export interface Block {
  language: string;
  text: string;
  /** It stands directly below the block before it. */
  adjacent: boolean;
}

/** A page of the documentation with commands: its path in the repository, and its blocks in order. */
export interface CommandPage {
  name: string;
  blocks: Block[];
}

/** Pages for people who run Cordboard. */
export function docPages(): CommandPage[] {
  const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `docs/${name}`,
  );
  const examples = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' });
  const names = [
    'README.md',
    'asterisk-config/pjsip.d/README.md',
    ...docs,
    ...examples.map((name) => `examples/${name}`),
  ];
  return names
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ name, blocks: blocksOf(readFileSync(path.join(root, name), 'utf8')) }));
}

function blocksOf(text: string): Block[] {
  let end = 0;
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^ *```/gm)].map(
    ({ 0: whole, 1: indent = '', 2: language = '', 3: block = '', index }) => {
      const adjacent = text.slice(end, index).trim() === '';
      end = index + whole.length;
      return { language, text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''), adjacent };
    },
  );
}

/** The commands of a block: a command continues behind a backslash, and inside quotes. */
export function commandsOf(text: string): string[] {
  const commands: string[] = [];
  let unfinished = '';
  for (const line of text.split('\n')) {
    unfinished += unfinished === '' ? line : `\n${line}`;
    const continues = line.endsWith('\\') || unfinished.split("'").length % 2 === 0;
    if (continues) continue;
    if (unfinished.trim() !== '') commands.push(unfinished);
    unfinished = '';
  }
  return commands;
}

/** The lines of a page's `text` block that a command before it did not print, in that order. */
export function notPrinted(wanted: string, printed: string): string[] {
  let rest = printed.replaceAll(/[ \t]+/g, ' ');
  return wanted.split('\n').filter((line) => {
    if (line === '…' || line === '') return false;
    const at = rest.indexOf(line);
    rest = rest.slice(Math.max(at, 0));
    return at === -1;
  });
}

/** Commands of the documentation that no test runs as they are, with the reason. */
export const notRun: { command: RegExp; because: string }[] = [
  { command: /^(SAMPLE=dispatch )?\.\/scripts\/start\b/, because: 'test/asterisk/start.test.ts runs it' },
  { command: /^\.\/scripts\/stop$/, because: 'test/asterisk/start.test.ts runs it' },
  { command: /^\.\/scripts\/test$/, because: 'it is what runs this test' },
  { command: /^docker /, because: 'it needs a container engine: test/compose/run' },
  { command: /\brecord --listen\b/, because: 'it runs until Ctrl-C: test/contract/record.test.ts' },
  { command: /^node examples\/shop\/shop\.mjs/, because: 'it runs until Ctrl-C: test/examples' },
  { command: /node dist\/main\.js$/, because: 'it runs until Ctrl-C: test/asterisk/copied-folder.test.ts' },
  { command: /^TLS_DIR=\S+ \.\/scripts\/certificate /, because: 'test/scripts/certificate.test.ts runs it' },
  { command: /\/var\/lib\/cordboard-acme/, because: 'it needs an issuer: test/scripts/acme.test.ts runs it' },
  { command: /^\.\/scripts\/upgrade$/, because: 'it needs a container engine: test/compose/run' },
  { command: /^\.\/scripts\/pin-images /, because: 'it needs a container engine: test/scripts/pin-images.test.ts' },
  { command: /^git pull/, because: 'it changes the sources' },
  { command: /^(nft|systemctl) /, because: 'it changes the firewall of the machine' },
  { command: /^sudo /, because: 'it changes the machine: test/scripts/install-service.test.ts' },
  {
    command: /\bconnect .*--config/,
    because: 'it writes into the configuration of an Asterisk: test/asterisk/connect.test.ts',
  },
  { command: /^age /, because: 'it needs the program age: test/backups reads the format' },
  { command: /^pg_dump |cordboard-data\.tar\.gz/, because: 'it needs a gateway whose database is in PostgreSQL' },
  { command: /move-database --to/, because: 'it needs a server of PostgreSQL: test/storage/move-database.test.ts' },
  {
    command: /cordboard-kamailio|^export SIP_/,
    because: 'it needs a Kamailio in front of nodes: test/asterisk/kamailio-front.test.ts',
  },
  { command: /^(npm install|npx esbuild) .*jssip/i, because: 'it downloads packages into a page of your own' },
  { command: /\$ID/, because: 'it needs the id of a recorded talk: test/asterisk/recordings.test.ts' },
  { command: /WEBHOOK_POP_TOKEN/, because: 'it needs a dispatch: test/contract/verify-dispatch.test.ts' },
  { command: /--kind (orders|customers)/, because: 'it needs a dispatch: test/contract/verify-lookups.test.ts' },
];
