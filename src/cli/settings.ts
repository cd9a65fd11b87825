import { z } from 'zod';
import { providers } from '../integrations/gootax/settings.js';
import { EXIT, UsageError, type Terminal } from './command.js';
import { Gateway } from './gateway.js';

const answer = z.object({
  forms: z.array(
    z.object({
      for: z.enum(providers),
      fields: z.array(
        z.object({
          label: z.string(),
          value: z.string().nullable(),
          token: z.object({ name: z.string(), exists: z.boolean() }).optional(),
        }),
      ),
    }),
  ),
  lines: z.array(z.object({ number: z.string(), branch: z.string().nullable(), tariff: z.string().nullable() })),
  operators: z.array(z.object({ name: z.string(), login: z.string().nullable(), webrtc: z.boolean() })),
});
type Settings = z.output<typeof answer>;

/** Prints the values for the dispatch's forms, under the labels of those forms. */
export async function printSettings(
  wanted: { for?: string | undefined; makeTokens?: boolean; replace?: boolean; json?: boolean },
  terminal: Terminal,
): Promise<number> {
  const known = providers.find((one) => one === wanted.for);
  if (wanted.for !== undefined && known === undefined) throw new UsageError(`--for is one of: ${providers.join(', ')}`);
  if (wanted.replace === true && wanted.makeTokens !== true) throw new UsageError('--replace goes with --make-tokens');
  const gateway = await Gateway.of(terminal);
  const text =
    wanted.makeTokens === true
      ? await gateway.request('POST', '/api/v1/dispatch-settings/tokens', {
          type: 'application/json',
          body: JSON.stringify({ for: known, replace: wanted.replace === true }),
        })
      : await gateway.request('GET', `/api/v1/dispatch-settings${known === undefined ? '' : `?for=${known}`}`);
  const settings = answer.parse(JSON.parse(text));
  terminal.out(wanted.json === true ? `${JSON.stringify(settings, null, 2)}\n` : shown(settings));
  return EXIT.ok;
}

function shown({ forms, lines, operators }: Settings): string {
  const blocks = [
    ...forms.map(({ for: provider, fields }) =>
      block(`Настройки → Внешние АТС (--for ${provider})`, fields.map(fieldRow)),
    ),
    block(
      'Справочники → Телефонная линия',
      lines.map(({ number, branch, tariff }): Row => [number, `${branch ?? '-'} / ${tariff ?? '-'}`]),
    ),
    block('Профиль сотрудника → Внешние АТС (логин)', operators.map(operatorRow)),
  ];
  return `${blocks.join('\n')}\n`;
}

type Row = [string, string];

function fieldRow({ label, value, token }: Settings['forms'][number]['fields'][number]): Row {
  if (value !== null) return [label, value];
  const name = token?.name ?? '';
  return [
    label,
    token?.exists === true
      ? `(token ${name}: exists, was shown when it was created; --make-tokens --replace creates another)`
      : `(token ${name}: missing; --make-tokens creates it)`,
  ];
}

function operatorRow({ name, login, webrtc }: Settings['operators'][number]): Row {
  if (login === null) return [name, '(no handset)'];
  return [name, webrtc ? login : `${login} (not for a browser: its handset lacks webrtc: true)`];
}

function block(title: string, rows: Row[]): string {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return [title, ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`), ''].join('\n');
}
