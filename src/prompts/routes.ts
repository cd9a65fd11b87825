import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import { presentPrompt, promptAnswer } from './present.js';
import { promptSchema } from './schema.js';
import { MAX_TEXT, VOICE } from './speech/port.js';
import type { PromptService } from './service.js';

const promptPath = z.object({ id: z.coerce.number().int().positive() });
const input = promptSchema.omit({ id: true });
export const spokenInput = z.strictObject({
  text: z.string().min(1).max(MAX_TEXT),
  voice: z
    .string()
    .regex(VOICE, 'a language such as cs, or one with a variant such as cs+f2')
    .optional()
    .describe("Default: the company's first language"),
});
const textInput = spokenInput.extend({ name: promptSchema.shape.name });

/** `/api/v1/prompts`: the prompts without their audio. */
export function promptRoutes(prompts: PromptService): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/prompts',
      scope: 'prompts:read',
      summary: 'Lists all prompts, sorted by id',
      answers: { 200: { description: 'Prompts', schema: z.object({ prompts: z.array(promptAnswer) }) } },
      handle: async () => json({ prompts: (await prompts.list()).map(presentPrompt) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/prompts',
      scope: 'prompts:write',
      summary: 'Creates a prompt under an id that was never used',
      body: input,
      answers: { 201: { description: 'The prompt', schema: promptAnswer } },
      handle: async ({ body }) => {
        const created = await prompts.create(body);
        return json(presentPrompt(created), 201, { location: `/api/v1/prompts/${created.prompt.id}` });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/prompts/from-text',
      scope: 'prompts:write',
      summary: 'Creates a prompt from a text by text to speech',
      body: textInput,
      answers: { 201: { description: 'The prompt', schema: promptAnswer } },
      handle: async ({ body }) => {
        const created = await prompts.createFromText(body);
        return json(presentPrompt(created), 201, { location: `/api/v1/prompts/${created.prompt.id}` });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/prompts/:id',
      scope: 'prompts:read',
      summary: 'Returns one prompt and where it is used',
      params: promptPath,
      answers: { 200: { description: 'The prompt', schema: promptAnswer } },
      handle: async ({ params }) => json(presentPrompt(await prompts.get(params.id))),
    }),
    route({
      method: 'PUT',
      path: '/api/v1/prompts/:id',
      scope: 'prompts:write',
      summary: 'Changes name and shipped sound; also the audio when `audio` is given',
      params: promptPath,
      body: input,
      answers: { 200: { description: 'The prompt, and the plans that use it', schema: promptAnswer } },
      handle: async ({ params, body }) => json(presentPrompt(await prompts.change(params.id, body))),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/prompts/:id',
      scope: 'prompts:write',
      summary: 'Removes a prompt that no plan uses; a 409 lists the plans in `used_in`',
      params: promptPath,
      answers: { 204: { description: 'Removed' } },
      handle: async ({ params }) => {
        await prompts.remove(params.id);
        return noContent();
      },
    }),
  ];
}
