import type { MusicCatalogue } from '../prompts/music-catalogue.js';
import type { Music } from '../prompts/music-schema.js';
import type { CompanyStore } from './store/company-store.js';
import { updateCompany } from './update.js';

/** The music of the company's document. */
export class CompanyMusic implements MusicCatalogue {
  constructor(private readonly companies: CompanyStore) {}

  list(): Music[] {
    return [...this.companies.company.music].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  usages(name: string): { where: string }[] {
    const players = this.companies.company.queues.filter(({ music }) => music === name);
    return players.map(({ id }) => ({ where: `queues/${id}/music` }));
  }

  async update(change: (music: Music[]) => Music[]): Promise<void> {
    await updateCompany(this.companies, (company) => ({ ...company, music: change(company.music) }));
  }
}
