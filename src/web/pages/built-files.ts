import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { notFound } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const manifest = z.record(
  z.string(),
  z.object({ file: z.string(), isEntry: z.boolean().optional(), css: z.array(z.string()).default([]) }),
);

/** What `npm run build` has made for browsers. File names hold a hash of the content: each is fetched once. */
export interface BuiltFiles {
  script: string;
  styles: string[];
  files: ReadonlyMap<string, { type: string; body: Buffer }>;
}

/** Undefined when nothing has been built there. */
export async function readBuiltFiles(folder: string): Promise<BuiltFiles | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes('manifest.json')) return undefined;
  const entries = manifest.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')));
  const entry = Object.values(entries).find(({ isEntry }) => isEntry === true);
  if (entry === undefined) return undefined;
  const files = new Map<string, { type: string; body: Buffer }>();
  for (const name of names) {
    const type = TYPES[path.extname(name)];
    if (type !== undefined) files.set(name, { type, body: await readFile(path.join(folder, name)) });
  }
  return { script: `/assets/${entry.file}`, styles: entry.css.map((name) => `/assets/${name}`), files };
}

export function builtFileRoutes(built: BuiltFiles | undefined): Route[] {
  return [
    route({
      method: 'GET',
      path: '/assets/:name',
      scope: 'public',
      kind: 'page',
      summary: 'Script or style sheet',
      params: z.object({ name: z.string().max(200) }),
      handle: ({ params: { name } }) => {
        const file = built?.files.get(name);
        if (file === undefined) throw notFound('there is no such file');
        const headers = { 'content-type': file.type, 'cache-control': 'public, max-age=31536000, immutable' };
        return { status: 200, headers, body: file.body };
      },
    }),
  ];
}
