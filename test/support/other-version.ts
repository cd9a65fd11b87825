import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** How a version differs from the built one. JavaScript in the scope of the bundle. */
interface Differences {
  /** Of a migration `9001_next`, whose parameter is `db` (Kysely). */
  migration?: string;
  /** Runs first of all. */
  start?: string;
  /** Runs when the gateway owns the node, before anything of it exists. */
  takeOver?: string;
}

/** Makes the folder of a later version: the built one, with a greater number, and with differences. */
export async function makeVersion(dir: string, { migration, start, takeOver }: Differences = {}): Promise<string> {
  await mkdir(path.join(dir, 'dist'), { recursive: true });
  for (const name of ['node_modules', 'sounds', 'examples']) await symlink(path.join(root, name), path.join(dir, name));
  for (const name of await readdir(path.join(root, 'dist')))
    if (!name.startsWith('gateway.js') && name !== 'main.js')
      await symlink(path.join(root, 'dist', name), path.join(dir, 'dist', name));
  const about = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(path.join(dir, 'package.json'), JSON.stringify({ ...about, version: LATER_VERSION }));
  // A link would load the gateway beside its target.
  await copyFile(path.join(root, 'dist/main.js'), path.join(dir, 'dist/main.js'));
  let code = await readFile(path.join(root, 'dist/gateway.js'), 'utf8');
  if (start !== undefined) code = `${start}\n${code}`;
  if (takeOver !== undefined)
    code = inserted(code, /\nasync function compose\d*\(config\d*, node\d*, [^)]*\) \{\n/, takeOver);
  if (migration !== undefined) {
    const added = `migrations["9001_next"] = { async up(db) { ${migration} } };\n`;
    code = inserted(code, /\nvar migrations = \{\n[\s\S]*?\n\};\n/, added);
  }
  await writeFile(path.join(dir, 'dist/gateway.js'), code);
  return dir;
}

/** Greater than any. */
export const LATER_VERSION = '999.0.0';

function inserted(code: string, after: RegExp, text: string): string {
  const found = after.exec(code);
  if (found === null) throw new Error(`the bundle has no ${after}`);
  const end = found.index + found[0].length;
  return code.slice(0, end) + text + code.slice(end);
}
