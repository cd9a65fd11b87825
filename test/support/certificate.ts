import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, writeFile, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder with certificate.pem and key.pem, as the setting TLS_DIR names it. The caller removes it. */
export async function certificateFolder(name = 'localhost', days = 30): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-tls-'));
  await replaceCertificate(folder, await makeCertificate(folder, name, days));
  return folder;
}

/** PEM. */
export interface CertificatePair {
  certificate: string;
  key: string;
}

/** Self-signed. @param name a host name or an address @param days of validity */
export async function makeCertificate(folder: string, name: string, days = 30): Promise<CertificatePair> {
  const made = path.join(folder, '.made');
  await mkdir(made, { recursive: true });
  const [certificate, key] = [path.join(made, 'certificate'), path.join(made, 'key')];
  const names = `subjectAltName=${isIP(name) === 0 ? 'DNS' : 'IP'}:${name},IP:127.0.0.1`;
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-keyout', key, '-out', certificate, '-days', String(days), '-subj', `/CN=${name}`, '-addext', names],
  ]);
  return { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
}

/** Replaces each file at once, as a program that renews certificates does. */
export async function replaceCertificate(folder: string, { certificate, key }: CertificatePair): Promise<void> {
  for (const [name, text] of Object.entries({ 'key.pem': key, 'certificate.pem': certificate })) {
    await writeFile(path.join(folder, `${name}.new`), text, { mode: 0o600 });
    await rename(path.join(folder, `${name}.new`), path.join(folder, name));
  }
}
