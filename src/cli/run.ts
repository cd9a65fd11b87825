import { messageOf } from '../lib/error-message.js';
import { parseArgs } from 'node:util';
import { version } from '../lib/version.js';
import { adopt } from './adopt.js';
import { apply } from './apply.js';
import { CommandError, EXIT, UnreachableError, UsageError, type Terminal } from './command.js';
import { doctor } from './doctor.js';
import { exportTo } from './export.js';
import { HELP } from './help.js';
import { lintFile } from './lint.js';
import { ALLOWED, OPTIONS } from './options.js';
import { setPassword } from './passwd.js';
import { exportPerson, forget } from './people.js';
import { record } from './record.js';
import { printSettings } from './settings.js';
import { printSetupLink } from './setup-link.js';
import { simulateFile } from './simulate.js';
import { verify } from './verify.js';

/** Runs one command. @returns the exit code */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`${error.message}\nSee: cordboard --help\n`);
      return EXIT.usage;
    }
    if (error instanceof CommandError || error instanceof UnreachableError) {
      terminal.error(`${error.message}\n`);
      return error instanceof CommandError ? EXIT.problems : EXIT.unreachable;
    }
    throw error;
  }
}

function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, file, ...more] = positionals;
  if (values.help === true || command === 'help') {
    terminal.out(HELP);
    return Promise.resolve(EXIT.ok);
  }
  if (values.version === true) {
    terminal.out(`${version}\n`);
    return Promise.resolve(EXIT.ok);
  }
  if (command === undefined)
    throw new UsageError(
      'which command: adopt, apply, backup, connect, doctor, export, export-person, forget, kamailio, lint, move-database, passwd, record, restore, settings, setup-link, simulate or verify?',
    );
  const allowed = Object.hasOwn(ALLOWED, command) ? ALLOWED[command] : undefined;
  if (allowed === undefined) throw new UsageError(`there is no command "${command}"`);
  const stray = Object.keys(values).find((name) => !allowed.includes(name));
  if (stray !== undefined) throw new UsageError(`cordboard ${command} has no option --${stray}`);
  if (command === 'passwd') return passwd(file, more, values.stdin === true, terminal);
  if (command === 'setup-link') {
    if (file !== undefined) throw new UsageError('cordboard setup-link takes no argument');
    return printSetupLink(terminal);
  }
  if (command === 'adopt') {
    if (file !== undefined) throw new UsageError('cordboard adopt takes no FILE: the folder is CORDBOARD_DATA');
    return adopt(terminal);
  }
  if (command === 'move-database') {
    if (file !== undefined) throw new UsageError('cordboard move-database takes no argument but --to');
    return moveBetweenDatabases(values.to, terminal);
  }
  if (command === 'connect') {
    if (file !== undefined) throw new UsageError('cordboard connect takes no argument');
    return joinAsterisk(values, terminal);
  }
  if (command === 'doctor') {
    if (file !== undefined) throw new UsageError('cordboard doctor takes no argument');
    return doctor({ call: values['no-call'] !== true, json: values.json === true }, terminal);
  }
  if (command === 'settings') return settings(file, values, terminal);
  if (command === 'export-person' || command === 'forget') return person(command, [file, ...more], values, terminal);
  if (more.length > 0) throw new UsageError(`one file at a time, not also ${more.join(' ')}`);
  if (command === 'backup') return makeOrCheckBackup(file, values, terminal);
  if (command === 'export') return exportTo(file, terminal);
  if (command === 'verify') return verify(file, values, terminal);
  if (command === 'record') return record(file, values, terminal);
  if (command === 'kamailio') return writeKamailio(file, values.watch === true, terminal);
  if (file === undefined) throw new UsageError(`cordboard ${command} needs a FILE`);
  if (command === 'restore') return restoreFrom(file, values, terminal);
  if (command === 'apply') return apply(file, { dryRun: values['dry-run'] === true }, terminal);
  return command === 'lint' ? lintFile(file, terminal) : simulateFile(file, values, terminal);
}

function passwd(
  login: string | undefined,
  more: readonly string[],
  fromInput: boolean,
  terminal: Terminal,
): Promise<number> {
  if (login === undefined) throw new UsageError('cordboard passwd needs the LOGIN of an operator');
  if (more.length > 0) throw new UsageError('a password is not given on the command line: use --stdin');
  return setPassword(login, { fromInput }, terminal);
}

function person(
  command: 'export-person' | 'forget',
  [number, ...more]: (string | undefined)[],
  { 'remove-do-not-call': removeDoNotCall = false, json = false }: ReturnType<typeof parse>['values'],
  terminal: Terminal,
): Promise<number> {
  if (number === undefined) throw new UsageError(`cordboard ${command} needs a NUMBER`);
  if (more.length > 0) throw new UsageError('one NUMBER at a time; put one with spaces between quotes');
  return command === 'forget' ? forget(number, { removeDoNotCall, json }, terminal) : exportPerson(number, terminal);
}

// Loaded on demand: no other command talks to Asterisk.
async function joinAsterisk(
  { check = false, remove = false, config }: ReturnType<typeof parse>['values'],
  terminal: Terminal,
): Promise<number> {
  const { connect } = await import('./connect.js');
  return connect({ check, remove, config }, terminal);
}

// Loaded on demand: no other command places calls on nodes.
async function writeKamailio(folder: string | undefined, watch: boolean, terminal: Terminal): Promise<number> {
  if (folder === undefined) throw new UsageError('cordboard kamailio needs a folder: cordboard kamailio DIR');
  const { kamailio } = await import('./kamailio.js');
  return kamailio(folder, { watch }, terminal);
}

// Loaded on demand: no other command opens databases.
async function moveBetweenDatabases(to: string | undefined, terminal: Terminal): Promise<number> {
  const { moveDatabaseTo } = await import('./move-database.js');
  return moveDatabaseTo(to, terminal);
}

// Loaded on demand: no other command needs archives and encryption.
const loadBackup = () => import('./backup.js');

async function makeOrCheckBackup(
  file: string | undefined,
  { check = false, data, recipient, ...keys }: ReturnType<typeof parse>['values'],
  terminal: Terminal,
): Promise<number> {
  const { backup, checkBackup } = await loadBackup();
  const { 'passphrase-file': passphraseFile, 'identity-file': identityFile } = keys;
  if (!check) return backup(file, { data, recipient, passphraseFile, identityFile }, terminal);
  if (file === undefined) throw new UsageError('cordboard backup --check needs a FILE');
  return checkBackup(file, { passphraseFile, identityFile }, terminal);
}

async function restoreFrom(
  file: string,
  { data, ...keys }: ReturnType<typeof parse>['values'],
  terminal: Terminal,
): Promise<number> {
  const { restore } = await loadBackup();
  return restore(
    file,
    { data, passphraseFile: keys['passphrase-file'], identityFile: keys['identity-file'] },
    terminal,
  );
}

function settings(
  stray: string | undefined,
  values: ReturnType<typeof parse>['values'],
  terminal: Terminal,
): Promise<number> {
  if (stray !== undefined) throw new UsageError(`choose the settings with --for, not with ${stray}`);
  const { for: wanted, 'make-tokens': makeTokens = false, replace = false, json = false } = values;
  return printSettings({ for: wanted, makeTokens, replace, json }, terminal);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const message = messageOf(error);
    throw new UsageError(message.split('. ')[0] ?? message);
  }
}
