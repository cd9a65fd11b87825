import path from 'node:path';
import type { Config } from '../config.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../plan/company-store.js';
import { promptUsages } from '../plan/walk.js';
import { AudioStore } from '../prompts/audio-store.js';
import { Catalogue } from '../prompts/catalogue.js';
import { Converter } from '../prompts/convert.js';
import { PromptResolver } from '../prompts/resolve.js';
import { promptSchema } from '../prompts/schema.js';
import { PromptService } from '../prompts/service.js';
import type { Database } from '../storage/database.js';

export type Prompts = ReturnType<typeof makePrompts>;

/** The prompts' parts, on the company's document as their catalogue. */
export function makePrompts({
  db,
  config,
  companies,
  logger,
}: {
  db: Database;
  config: Config;
  companies: CompanyStore;
  logger: Logger;
}) {
  const audio = new AudioStore({
    db,
    folder: path.join(config.dataDir, 'audio'),
    soundsFolder: config.soundsDir,
    logger,
  });
  const find = (key: string) => companies.company.prompts.find(({ id }) => String(id) === key);
  const catalogue = new Catalogue(
    {
      list: () =>
        Promise.resolve(companies.company.prompts.map((prompt) => ({ key: String(prompt.id), body: prompt }))),
      get: (_section, key) => Promise.resolve(find(key)),
      async put(_section, key, body) {
        const prompt = promptSchema.parse(body);
        await companies.update((company) => {
          const known = company.prompts.some(({ id }) => String(id) === key);
          const prompts = known
            ? company.prompts.map((other) => (other.id === prompt.id ? prompt : other))
            : [...company.prompts, prompt];
          return { ...company, prompts };
        });
      },
      async remove(_section, key) {
        await companies.update((company) => ({
          ...company,
          prompts: company.prompts.filter(({ id }) => String(id) !== key),
        }));
      },
    },
    db,
  );
  const usages = (id: number) => promptUsages(companies.company, id).map(({ pointer }) => ({ where: pointer }));
  return {
    audio,
    service: new PromptService({ catalogue, audio, converter: new Converter(audio.temporaryFolder), usages }),
    resolver: new PromptResolver({ catalogue, audio, publicUrl: config.http.publicUrl }),
  };
}
