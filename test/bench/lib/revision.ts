import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Run } from './scenario.js';

const execute = promisify(execFile);
const tree = resolve(import.meta.dirname, '../../..');
const helpers = '. scripts/lib/say.sh; . scripts/lib/packages.sh; . scripts/lib/node.sh';

/** A built gateway of one state of the sources. */
export interface Revision {
  label: string;
  /** Folder with `dist`, `node_modules` and `asterisk-config`. */
  root: string;
}

/** Short hash of the last commit, with `+changes` when the tree holds more. */
export async function workingTreeState(): Promise<string> {
  const commit = await git('rev-parse', '--short', 'HEAD').catch(() => 'unknown');
  const changes = await git('status', '--porcelain', '--', 'src', 'asterisk-config', 'package-lock.json').catch(
    () => '',
  );
  return changes === '' ? commit : `${commit}+changes`;
}

/**
 * Builds a revision in a folder of the run; undefined is the working tree, which the caller has built. The dependencies of the
 * working tree are used when the revision has the same, otherwise they are installed from its lock file.
 */
export async function prepareRevision(rev: string | undefined, run: Run): Promise<Revision> {
  if (rev === undefined) return { label: `working tree (${await workingTreeState()})`, root: tree };
  const commit = await git('rev-parse', '--short', '--verify', `${rev}^{commit}`).catch(() => {
    throw new Error(`${rev} is no revision of this repository`);
  });
  const root = join(run.folder, `revision-${commit}`);
  await mkdir(root);
  await execute('bash', ['-c', 'set -o pipefail; git archive "$0" | tar -x -C "$1"', commit, root], {
    cwd: tree,
    signal: run.signal,
  });
  const sameDependencies = (await dependenciesOf(root)) === (await dependenciesOf(tree));
  run.say(`building ${rev} (${commit})${sameDependencies ? '' : ', with its own dependencies: some minutes'}`);
  if (sameDependencies) await symlink(join(tree, 'node_modules'), join(root, 'node_modules'));
  // Never with the link: an installation would replace what the link points to.
  const install = sameDependencies ? '' : 'ensure_dependencies;';
  await execute('bash', ['-euc', `${helpers}; ${install} ensure_build`], {
    cwd: root,
    signal: run.signal,
    maxBuffer: 2 ** 26,
  });
  return { label: rev, root };
}

/** Told apart by the rule of the working tree alone: the one of an old revision may be another. */
async function dependenciesOf(root: string): Promise<string> {
  const script = '. "$0/scripts/lib/node.sh"; cd "$1"; dependencies_key';
  return (await execute('bash', ['-euc', script, tree, root], { maxBuffer: 2 ** 26 })).stdout;
}

async function git(...args: string[]): Promise<string> {
  return (await execute('git', args, { cwd: tree })).stdout.trim();
}
