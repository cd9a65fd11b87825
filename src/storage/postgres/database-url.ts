import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from '../../lib/error-message.js';
import { serverUrls } from './servers.js';

/** Of the driver, which verifies the server in the same way for all but the first and the last. */
const MODES = ['disable', 'verify-full', 'no-verify'] as const;
const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;

const serverUrl = z
  .url({ protocol: /^postgres(ql)?$/, abort: true, error: 'a URL such as postgres://user:password@host/database' })
  .superRefine((url, context) => {
    for (const message of tlsProblems(new URL(url).searchParams)) context.addIssue({ code: 'custom', message });
  });

/**
 * The setting `DATABASE_URL`, of one server, or of several that are replicas of each other. Files that it names are read, so that a wrong one is
 * reported at the start, by its name.
 */
export const databaseUrl = z.string().superRefine((url, context) => {
  const wrong = serverUrls(url)
    .map((each) => serverUrl.safeParse(each))
    .find(({ success }) => !success);
  for (const { message } of wrong?.error?.issues ?? []) context.addIssue({ code: 'custom', message });
});

function tlsProblems(parameters: URLSearchParams): string[] {
  const mode = parameters.get('sslmode');
  const files = FILES.filter((name) => parameters.has(name));
  const problems: string[] = [];
  if (mode !== null && !MODES.some((known) => known === mode))
    problems.push(
      `sslmode=${mode} is not possible: choose verify-full (checks the server's certificate), no-verify (encrypts only) or disable`,
    );
  if (parameters.has('ssl')) problems.push('ssl is not possible: use sslmode');
  if (files.length > 0 && mode !== 'verify-full') problems.push(`${files.join(' and ')} needs sslmode=verify-full`);
  if (files.includes('sslcert') !== files.includes('sslkey')) problems.push('sslcert and sslkey need each other');
  return [...problems, ...files.flatMap((name) => fileProblem(name, parameters.get(name) ?? ''))];
}

function fileProblem(name: (typeof FILES)[number], file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8');
    if (name === 'sslkey') createPrivateKey(text);
    else new X509Certificate(text);
    return [];
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return [
      code.startsWith('ERR_')
        ? `${name}=${file} has no ${name === 'sslkey' ? 'private key' : 'certificate'} in PEM (${messageOf(error)})`
        : `${name}=${file} cannot be read (${code})`,
    ];
  }
}
