import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import type { Finding } from './sheet.js';
import type { ShownSnippet } from './snippet-view.js';

const sheetAnswer = z.object({
  ari_url: z
    .string()
    .describe('Where Asterisk is looked for')
    .meta({ examples: ['http://127.0.0.1:8088'] }),
  app: z.string().describe('ARI_APP, the prefix of everything of the gateway'),
  folder: z
    .string()
    .nullable()
    .describe('Folder of Asterisk’s configuration that was read; null: not on this machine, or not readable'),
  rows: z.array(
    z.object({
      topic: z.string().meta({ examples: ['dialplan'] }),
      state: z
        .enum(['ok', 'missing', 'warning', 'unknown'])
        .describe('missing: calls or a function do not work; unknown: it could not be looked at'),
      text: z.string().describe('What was found, in English'),
      remedy: z.string().nullable().describe('What to do, in English'),
    }),
  ),
  snippets: z
    .array(
      z.object({
        file: z.string().meta({ examples: ['extensions.conf'] }),
        freepbx_file: z.string().describe('The file for additions on a FreePBX'),
        section: z
          .string()
          .nullable()
          .describe('Section of the file in which the text must be; null: the text has sections of its own'),
        why: z.string().describe('What does not work without it, in English'),
        text: z.string().describe('Lines with a password are comments that name its variable'),
      }),
    )
    .describe('What `cordboard connect` writes, for people who add it by hand'),
});

export interface ConnectSheetSource {
  ariUrl: string;
  app: string;
  /** As {@link sheetAnswer}. */
  folder: () => Promise<string | undefined>;
  look: (folder: string | undefined) => Promise<Finding[]>;
  snippets: () => Promise<ShownSnippet[]>;
}

/** `/api/v1/system/connect-sheet`: the sheet of `cordboard connect --check`. */
export function connectRoutes(source: ConnectSheetSource): Route[] {
  // Logs in to Asterisk several times: those who ask meanwhile get the same sheet.
  let making: ReturnType<typeof makeSheet> | undefined;
  return [
    route({
      method: 'GET',
      path: '/api/v1/system/connect-sheet',
      scope: 'config:write',
      summary: 'What an Asterisk of your own has and lacks for the gateway, also before it is connected',
      answers: { 200: { description: 'The sheet, made now', schema: sheetAnswer } },
      async handle() {
        making ??= makeSheet(source).finally(() => (making = undefined));
        return json(await making);
      },
    }),
  ];
}

async function makeSheet({
  ariUrl,
  app,
  folder,
  look,
  snippets,
}: ConnectSheetSource): Promise<z.output<typeof sheetAnswer>> {
  const etc = await folder();
  const [rows, texts] = await Promise.all([look(etc), snippets()]);
  return {
    ari_url: ariUrl,
    app,
    folder: etc ?? null,
    rows: rows.map(({ remedy, ...row }) => ({ ...row, remedy: row.state === 'ok' ? null : (remedy ?? null) })),
    snippets: texts.map(({ freepbxFile, section, ...snippet }) => ({
      ...snippet,
      freepbx_file: freepbxFile,
      section: section ?? null,
    })),
  };
}
