import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { formatCompany, type ReadDocument } from '../company/document/document.js';
import { Names } from '../company/lint/names.js';
import { documentPath } from '../company/lint/report.js';
import { problemSchema, type DocumentProblem } from '../company/problem.js';
import { CommandError, EXIT, showProblems, type Terminal } from './command.js';
import { audioFiles, missingAudio, openDocument, refuseErrors, type AudioFile } from './file.js';
import { Gateway, GatewayRefused } from './gateway.js';

const problems = z.array(problemSchema);
const applied = z.object({
  changes: z.array(z.object({ text: z.string() })),
  warnings: problems,
  not_settled: z.array(z.string()),
});
const uploaded = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Uploads the audio beside the file, then replaces the gateway's configuration by the file. */
export async function apply(file: string, { dryRun }: { dryRun: boolean }, terminal: Terminal): Promise<number> {
  const document = await openDocument(file);
  refuseErrors(await missingAudio(document));
  const gateway = await Gateway.of(terminal);
  for (const audio of audioFiles(document)) await upload(audio, gateway);
  const body = formatCompany(document.company);
  const route = `/api/v1/config${dryRun ? '?dry_run=true' : ''}`;
  const answer = await gateway.request('PUT', route, { type: 'application/yaml', body }).catch((error: unknown) => {
    throw error instanceof GatewayRefused ? (withPlaces(error, document) ?? error) : error;
  });
  const { changes, warnings, not_settled } = applied.parse(JSON.parse(answer));
  if (warnings.length > 0) terminal.error(`${showProblems(atPlaces(warnings, document))}\n`);
  for (const { text } of changes) terminal.out(`${text}\n`);
  terminal.out(summary(changes.length, dryRun));
  if (not_settled.length === 0) return EXIT.ok;
  terminal.error(`Asterisk does not have the changes yet: ${not_settled.join('; ')}\n`);
  return EXIT.problems;
}

/** Audio is stored by content, so an upload changes nothing until the file is applied. */
async function upload(file: AudioFile, gateway: Gateway): Promise<void> {
  const { path } = file;
  const body = new Uint8Array(await readFile(path));
  const answer = await gateway
    .request('POST', '/api/v1/audio', { type: 'application/octet-stream', body })
    .catch((error: unknown) => {
      throw error instanceof GatewayRefused ? new CommandError(`${path}: ${error.message}`) : error;
    });
  const { sha256 } = uploaded.parse(JSON.parse(answer));
  file.replace(`sha256:${sha256}`);
}

function summary(changes: number, dryRun: boolean): string {
  if (changes === 0) return 'Nothing to change.\n';
  const things = `${changes} ${changes === 1 ? 'thing' : 'things'}`;
  return dryRun ? `Would change ${things}; nothing was changed.\n` : `Changed ${things}.\n`;
}

function withPlaces({ body }: GatewayRefused, document: ReadDocument): CommandError | undefined {
  const found = problems.safeParse(body['problems']);
  return found.success ? new CommandError(showProblems(atPlaces(found.data, document))) : undefined;
}

/** The positions of problems in the gateway's text differ from those in the file, so they are looked up in the file. */
function atPlaces(found: z.output<typeof problems>, { company, file, position }: ReadDocument): DocumentProblem[] {
  const names = new Names(company);
  return found.map(({ remedy, ...problem }) => ({
    ...problem,
    ...position(documentPath(names, problem.path)),
    file,
    remedy,
  }));
}
