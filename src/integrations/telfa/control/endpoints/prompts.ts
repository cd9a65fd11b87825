import { z } from 'zod';
import type { PromptDetails } from '../../../../prompts/service.js';
import { none, endpoint, textField, voice, type Endpoint } from '../endpoint.js';
import type { Fields } from '../../../shared/input.js';
import { voiceOf } from './calls.js';

/** Prompts; Telfa calls them recordings. */
export const promptRows: Endpoint[] = [
  endpoint({
    name: 'prompts',
    method: 'GET',
    path: '/recordings',
    scope: 'prompts:read',
    input: none,
    handle: async (_input, { ports }) => ({
      list: 'recordings',
      item: 'recording',
      items: (await ports.prompts.list()).map(fieldsOf),
    }),
  }),
  endpoint({
    name: 'prompt_from_text',
    method: 'POST',
    path: '/recordings',
    root: 'recording',
    scope: 'prompts:write',
    input: z.object({
      name: textField('a name').pipe(z.string().trim().min(1).max(120)),
      text: textField('a text').pipe(z.string().max(1_000)),
      voice: voice.optional(),
    }),
    async handle({ name, text: said, voice: named }, { ports, profile }) {
      const made = await ports.prompts.fromText({ name, text: said, voice: voiceOf(named, profile.voices) });
      return { item: 'recording', fields: fieldsOf(made) };
    },
  }),
];

function fieldsOf({ prompt: { id, name }, audio }: PromptDetails): Fields {
  return { id, name, languages: audio.map(({ language }) => language) };
}
