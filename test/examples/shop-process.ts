import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const examples = join(import.meta.dirname, '../../examples');

export interface ShopProcess {
  url: string;
  stop(): Promise<void>;
}

/** The sample shop on a free port of loopback. */
export function startNodeShop(env: Record<string, string> = {}): Promise<ShopProcess> {
  return startNode('shop/shop.mjs', { SHOP_PORT: '0', ...env });
}

/** The sample dispatch on a free port of loopback. */
export function startDispatch(env: Record<string, string> = {}): Promise<ShopProcess> {
  return startNode('dispatch/dispatch.mjs', { DISPATCH_PORT: '0', ...env });
}

async function startNode(script: string, env: Record<string, string>): Promise<ShopProcess> {
  const child = spawn(process.execPath, [join(examples, script)], { env: { ...process.env, ...env } });
  return running(child, await printed(child, /http:\/\/127\.0\.0\.1:\d+/));
}

/** The one-file PHP service under PHP's own server. */
export async function startPhpShop(): Promise<ShopProcess> {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn('php', ['-S', address, '-t', join(examples, 'shop-php')]);
  await printed(child, /started/);
  return running(child, `http://${address}`);
}

function running(child: ChildProcess, url: string): ShopProcess {
  return {
    url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Resolves with the first match in what the process prints; rejects with its output when it ends before. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const match = pattern.exec(output);
      if (match !== null) resolve(match[0]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`ended before it was ready: ${output}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
