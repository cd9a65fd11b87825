import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { RELOAD, frontFiles, writeFrontFiles, type FrontFile } from '../cluster/front-files.js';
import { readFrontSettings, type FrontSettings } from '../cluster/front-settings.js';
import { FILES } from '../cluster/kamailio-config.js';
import { readDocument } from '../company/document/document.js';
import { messageOf } from '../lib/error-message.js';
import { pause } from '../lib/pause.js';
import { SECOND_MS } from '../lib/time.js';
import { CommandError, EXIT, showProblems, UnreachableError, UsageError, type Terminal } from './command.js';
import { Gateway } from './gateway.js';
import { waitForStop } from './wait-for-stop.js';

const run = promisify(execFile);
const LOOK_EVERY_MS = 5 * SECOND_MS;
const RELOAD_LIMIT_MS = 10 * SECOND_MS;

/** `cordboard kamailio DIR`: writes Kamailio's files from the company of the running gateway; with `watch`, after each change. */
export async function kamailio(dir: string, options: { watch: boolean }, terminal: Terminal): Promise<number> {
  const folder = path.resolve(dir);
  if (!/^[A-Za-z0-9/._-]+$/.test(folder))
    throw new UsageError(`${folder}: the path of Kamailio's folder may contain only letters, digits and / . _ -`);
  const settings = settingsOf(terminal.env);
  const changed = await write(folder, settings, terminal);
  if (!options.watch) return EXIT.ok;
  await reload(folder, changed, terminal);
  await watch(folder, settings, terminal);
  return EXIT.ok;
}

async function watch(folder: string, settings: FrontSettings, terminal: Terminal): Promise<void> {
  const stop = new AbortController();
  void waitForStop(terminal).then(() => stop.abort());
  let trouble = '';
  /** Files that Kamailio has not read yet, since it did not answer. */
  let left: FrontFile[] = [];
  while (await pause(LOOK_EVERY_MS, stop.signal)) {
    try {
      left = [...new Set([...left, ...(await write(folder, settings, terminal))])];
      left = await reload(folder, left, terminal);
      trouble = '';
    } catch (error) {
      if (!(error instanceof UnreachableError) && !(error instanceof CommandError)) throw error;
      // Once, and not each five seconds.
      if (error.message !== trouble) terminal.error(`${error.message}\n`);
      trouble = error.message;
    }
  }
}

async function write(folder: string, settings: FrontSettings, terminal: Terminal): Promise<FrontFile[]> {
  const result = readDocument(await (await Gateway.of(terminal)).request('GET', '/api/v1/config'), 'the company');
  if (!result.ok) throw new CommandError(showProblems(result.problems));
  try {
    const files = await frontFiles(result.document.company, settings, folder);
    const changed = await writeFrontFiles(folder, files);
    for (const file of changed) terminal.out(`Written: ${path.join(folder, FILES[file])}\n`);
    return changed;
  } catch (error) {
    throw new CommandError(`${folder}: ${messageOf(error)}`);
  }
}

/** @returns the files that Kamailio has still to read */
async function reload(folder: string, files: readonly FrontFile[], terminal: Terminal): Promise<FrontFile[]> {
  const left: FrontFile[] = [];
  for (const file of files) {
    if (file === 'config') {
      terminal.out('Start Kamailio, or restart it: it reads kamailio.cfg only when it starts\n');
      continue;
    }
    const args = ['-s', `unix:${path.join(folder, FILES.control)}`, ...RELOAD[file]];
    const done = await run('kamcmd', args, { timeout: RELOAD_LIMIT_MS }).then(
      ({ stdout }) => !stdout.startsWith('error'),
      () => false,
    );
    if (!done) left.push(file);
  }
  return left;
}

function settingsOf(env: Terminal['env']): FrontSettings {
  try {
    return readFrontSettings(env);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new UsageError(error.issues.map(({ path: at, message }) => `${String(at[0])}: ${message}`).join('\n'));
  }
}
