import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Answer } from '../../http/answer.js';
import { notFound } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** One file as it is sent. */
interface BuiltFile extends Pick<Answer, 'compressed'> {
  type: string;
  body: Buffer;
}

const manifestSchema = z.record(z.string(), z.object({ file: z.string(), css: z.array(z.string()).default([]) }));

/** The files that `npm run build` makes for browsers. File names contain a content hash, so browsers can cache them permanently. */
export class BuiltFiles {
  constructor(
    private readonly manifest: z.output<typeof manifestSchema>,
    private readonly files: ReadonlyMap<string, BuiltFile>,
  ) {}

  /** @param source a source file, relative to src/web @returns undefined when it has not been built */
  addressOf(source: string): string | undefined {
    const entry = this.manifest[source];
    return entry && `/assets/${entry.file}`;
  }

  /** Addresses of the style sheets that a script imports. */
  stylesOf(source: string): string[] {
    return (this.manifest[source]?.css ?? []).map((name) => `/assets/${name}`);
  }

  find(name: string): BuiltFile | undefined {
    return this.files.get(name);
  }
}

/** Reads the files of a folder. Without a manifest there are none. */
export async function readBuiltFiles(folder: string): Promise<BuiltFiles> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes('manifest.json')) return new BuiltFiles({}, new Map());
  const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')));
  const files = new Map<string, BuiltFile>();
  for (const name of names) {
    const type = TYPES[path.extname(name)];
    if (type === undefined) continue;
    const read = (suffix: string) =>
      names.includes(name + suffix) ? readFile(path.join(folder, name + suffix)) : undefined;
    const [body, br, gzip] = await Promise.all([readFile(path.join(folder, name)), read('.br'), read('.gz')]);
    files.set(name, { type, body, compressed: { br, gzip } });
  }
  return new BuiltFiles(manifest, files);
}

export function builtFileRoutes(built: BuiltFiles): Route[] {
  return [
    route({
      method: 'GET',
      path: '/assets/:name',
      scope: 'public',
      kind: 'page',
      summary: 'Script or style sheet',
      params: z.object({ name: z.string().max(200) }),
      handle: ({ params: { name } }) => {
        const file = built.find(name);
        if (file === undefined) throw notFound('there is no such file');
        const headers = { 'content-type': file.type, 'cache-control': 'public, max-age=31536000, immutable' };
        return { status: 200, headers, body: file.body, compressed: file.compressed };
      },
    }),
  ];
}
