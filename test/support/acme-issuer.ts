import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificate } from './certificate.js';
import { becomes } from './becomes.js';
import { freePort } from './ports.js';

/** Pebble, a real ACME issuer for tests, with a name server that has 127.0.0.1 for every name. */
export class AcmeIssuer {
  private constructor(
    /** Of its directory. */
    readonly url: string,
    /** File with the certificate of its own HTTPS. */
    readonly caFile: string,
    private readonly managementPort: number,
    private readonly processes: ChildProcess[],
    private readonly folder: string,
  ) {}

  /** @param httpPort where it asks for HTTP-01 challenges, in place of port 80 */
  static async start(httpPort: number): Promise<AcmeIssuer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-issuer-'));
    const [port, managementPort, dnsPort, dnsManagementPort, tlsPort] = await Promise.all(
      Array.from({ length: 5 }, freePort),
    );
    const { certificate, key } = await makeCertificate(folder, 'localhost');
    const [caFile, keyFile, config] = ['certificate.pem', 'key.pem', 'config.json'].map((name) =>
      path.join(folder, name),
    ) as [string, string, string];
    await writeFile(caFile, certificate);
    await writeFile(keyFile, key);
    const pebble = {
      listenAddress: `127.0.0.1:${port}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      certificate: caFile,
      privateKey: keyFile,
      httpPort,
      tlsPort,
    };
    await writeFile(config, JSON.stringify({ pebble }));
    const nameServer = [
      ...['-dns01', `127.0.0.1:${dnsPort}`, '-management', `127.0.0.1:${dnsManagementPort}`],
      ...['-defaultIPv6', '', '-http01', '', '-https01', '', '-tlsalpn01', ''],
    ];
    // Without these it waits for up to 15 s before it asks for a challenge, and refuses some requests at random.
    const env = { PATH: process.env['PATH'], PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' };
    const processes = [
      spawn('pebble-challtestsrv', nameServer, { env, stdio: 'ignore' }),
      spawn('pebble', ['-config', config, '-dnsserver', `127.0.0.1:${dnsPort}`], { env, stdio: 'ignore' }),
    ];
    const issuer = new AcmeIssuer(`https://127.0.0.1:${port}/dir`, caFile, managementPort!, processes, folder);
    try {
      await Promise.all(processes.map((one) => once(one, 'spawn')));
      await becomes('the issuer answers', () => issuer.root(certificate).then(Boolean, () => false));
    } catch (error) {
      await issuer.stop();
      throw error;
    }
    return issuer;
  }

  /** The certificate of its root, PEM: it is a new one at each start. */
  async root(ca: string): Promise<string> {
    const sent = request({ host: '127.0.0.1', port: this.managementPort, path: '/roots/0', ca, agent: false }).end();
    const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer>];
    let text = '';
    for await (const part of response) text += part.toString();
    return text;
  }

  async stop(): Promise<void> {
    for (const one of this.processes) {
      if (one.pid === undefined || one.exitCode !== null) continue;
      one.kill();
      await once(one, 'exit');
    }
    await rm(this.folder, { recursive: true });
  }
}
