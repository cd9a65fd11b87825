import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/schema.js';

const SHA256 = /[0-9a-f]{64}/g;

/** Hashes of the audio that the configuration and its drafts use: a document refers to audio by its hash only. */
export async function audioOfConfigurations(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  company: unknown,
): Promise<Set<string>> {
  const drafts = await db.selectFrom('config_drafts').select('items').where('items', 'like', '%sha256:%').execute();
  const documents = [JSON.stringify(company), ...drafts.map(({ items }) => items)];
  return new Set(documents.flatMap((document) => document.match(SHA256) ?? []));
}
