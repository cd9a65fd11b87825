import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';
import { companyLanguages } from './languages.js';

export type Prompt = paths['/api/v1/prompts/{id}']['get']['responses'][200]['content']['application/json'];
export type PromptAudio = Prompt['audio'][number];

/** Address of the audio, a new one for each recording, so that no browser plays a former one. */
export function audioUrl({ url, sha256 }: PromptAudio): string {
  return `${url}?v=${sha256.slice(0, 12)}`;
}

export function missingLanguages({ audio }: Prompt): string[] {
  return companyLanguages.filter((language) => !audio.some((each) => each.language === language));
}

/** The company's own recordings as the API takes them. */
export function ownAudio({ audio }: Prompt): Record<string, string> {
  return Object.fromEntries(
    audio.filter(({ source }) => source === 'own').map(({ language, sha256 }) => [language, `sha256:${sha256}`]),
  );
}

/** Changes the built-in recording. Own recordings stay as they are. */
export async function setShipped(id: number, sound: string | undefined) {
  const before = await api.get('/api/v1/prompts/{id}', { path: { id } });
  if (!before.ok) return before;
  const { name } = before.data;
  return api.put('/api/v1/prompts/{id}', { path: { id }, body: sound === undefined ? { name } : { name, sound } });
}

/** Stores an own recording in one language, or removes it. The other languages stay as they are now. */
export async function setAudio(id: number, language: string, sha256: string | undefined) {
  const before = await api.get('/api/v1/prompts/{id}', { path: { id } });
  if (!before.ok) return before;
  const { name, sound } = before.data;
  const others = Object.entries(ownAudio(before.data)).filter(([each]) => each !== language);
  const audio = Object.fromEntries(sha256 === undefined ? others : [...others, [language, `sha256:${sha256}`]]);
  const body = { name, audio };
  return api.put('/api/v1/prompts/{id}', { path: { id }, body: sound === null ? body : { ...body, sound } });
}
