import { z } from 'zod';

/**
 * A backup is a tar archive, compressed with gzip and encrypted with age on request. Its first member is {@link HEAD}, its last one
 * {@link MANIFEST}: an archive without it is incomplete.
 */
export const FORMAT_VERSION = 1;

export const HEAD = 'cordboard-backup.json';
export const MANIFEST = 'manifest.json';
export const DATABASE = 'cordboard.db';
/** Folders of the data folder whose files are stored. */
export const FOLDERS = ['audio', 'recordings', 'secrets'] as const;
type Folder = (typeof FOLDERS)[number];

const headShape = {
  format: z.number().int().positive(),
  product_version: z.string(),
  /** Name of the database's last migration. */
  schema: z.string(),
  created_at: z.iso.datetime(),
  /** Sum of the members' sizes, as known at the start. */
  content_bytes: z.number().nonnegative(),
};

export const headSchema = z.object(headShape);
export type Head = z.output<typeof headSchema>;

const memberSchema = z.object({
  name: z.string(),
  bytes: z.number().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Member = z.output<typeof memberSchema>;

export const manifestSchema = z.object({
  ...headShape,
  counts: z.object({ calls: z.number(), audio: z.number(), recordings: z.number(), secrets: z.number() }),
  members: z.array(memberSchema),
});
export type Manifest = z.output<typeof manifestSchema>;

/** Whether a name is that of a file of the data folder, and cannot lead out of it. */
export function isContentName(name: string): boolean {
  if (name === DATABASE) return true;
  const [folder, ...rest] = name.split('/');
  return FOLDERS.some((known) => known === folder) && rest.length > 0 && rest.every(isPlainSegment);
}

function isPlainSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\\\0]/.test(segment);
}

/** The folder of a member. */
export function folderOf(name: string): Folder | undefined {
  return FOLDERS.find((folder) => name.startsWith(`${folder}/`));
}
