import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAsterisk, type TestAsterisk } from '../../support/asterisk.js';
import { toneWav } from '../../support/tones.js';

/** An Asterisk whose own dialplan serves the callers, to test phones and ears without the gateway. */

/** Duration of each prompt of the harness. */
export const PROMPT_MS = 1000;
export const PASSWORD = 'correct-horse';

/**
 * - `1xxx` plays prompt 20 and reads up to ten digits, ended by `#`, then plays the prompt whose id is their last two.
 * - `2000` plays prompt 20 and waits for the caller to hang up.
 * - `3000` rings the handset `tester`, `3001` plays a tone as ringback meanwhile.
 * - `4000` echoes the audio. `4860` is busy.
 */
const dialplan = (promptsUrl: string) => `
[cordboard-from-trunk](+)
exten => _1XXX,1,Answer()
 same => n,Read(DIGITS,${promptsUrl}/20.wav,10,,1,3)
 same => n,Playback(${promptsUrl}/read/\${EXTEN}/\${CALLERID(num)}/\${DIGITS}.wav)
 same => n,Hangup()
exten => 2000,1,Answer()
 same => n,Playback(${promptsUrl}/20.wav)
 same => n,Wait(60)
exten => 3000,1,Dial(PJSIP/tester,20)
 same => n,Hangup()
exten => 3001,1,Answer()
 same => n,Dial(PJSIP/tester,20,r)
 same => n,Hangup()
exten => 4000,1,Answer()
 same => n,Echo()
exten => 4860,1,Busy(1)

[cordboard-from-handset](+)
exten => _1XXX,1,Goto(cordboard-from-trunk,\${EXTEN},1)
exten => 2000,1,Goto(cordboard-from-trunk,\${EXTEN},1)
`;

const handset = `
[tester]
type=endpoint
context=cordboard-from-handset
disallow=all
allow=alaw,ulaw
direct_media=no
auth=tester
aors=tester
[tester]
type=aor
max_contacts=2
[tester]
type=auth
auth_type=userpass
username=tester
password=${PASSWORD}
`;

export interface SelftestHarness {
  asterisk: TestAsterisk;
  server: { host: string; port: number };
  /** Digits that Asterisk read on the extension, in order, by caller's number. */
  digitsRead(extension: string): { from: string; digits: string }[];
  stop(): Promise<void>;
}

export async function startSelftestHarness(): Promise<SelftestHarness> {
  const read: string[] = [];
  const prompts = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/read/') && request.method === 'GET') read.push(path);
    const id = Number(/(\d{1,2})\.wav$/.exec(path)?.[1] ?? 99);
    // Without a lifetime Asterisk fetches it again for every call, and parallel calls remove each other's file.
    response
      .setHeader('cache-control', 'max-age=3600')
      .setHeader('content-type', 'audio/wav')
      .end(toneWav(id === 0 ? 99 : id, 'cs', PROMPT_MS));
  });
  prompts.listen(0, '127.0.0.1');
  await once(prompts, 'listening');
  const asterisk = await startAsterisk({
    extraDialplan: dialplan(`http://127.0.0.1:${(prompts.address() as AddressInfo).port}`),
    extraPjsip: handset,
    extraModules: ['app_read.so', 'app_echo.so', 'app_dial.so', 'app_playback.so', 'func_callerid.so'],
  });
  return {
    asterisk,
    server: { host: '127.0.0.1', port: asterisk.sipPort },
    digitsRead: (extension) => digitsIn(read, extension),
    stop: async () => {
      await asterisk.stop();
      await close(prompts);
    },
  };
}

function digitsIn(paths: readonly string[], extension: string): { from: string; digits: string }[] {
  return paths
    .map((path) => path.split('/').slice(2))
    .filter(([called]) => called === extension)
    .map(([, from = '', file = '']) => ({ from, digits: file.replace('.wav', '') }));
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** A folder that is the temp folder of every process that this one starts until `end`. */
export class OwnTempFolder {
  #folder = '';
  #before: string | undefined;

  async begin(): Promise<void> {
    this.#before = process.env['TMPDIR'];
    this.#folder = await mkdtemp(join(tmpdir(), 'selftest-'));
    process.env['TMPDIR'] = this.#folder;
  }

  /** Removes the folder and returns its content and the processes that still use it. May be called twice. */
  async end(): Promise<{ files: string[]; processes: string[] }> {
    if (this.#folder === '') return { files: [], processes: [] };
    if (this.#before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = this.#before;
    const files = await readdir(this.#folder);
    const processes = await processesIn(this.#folder);
    await rm(this.#folder, { recursive: true, force: true });
    this.#folder = '';
    return { files, processes };
  }
}

/** Ids of processes that work in this folder or have a file of it open. */
export async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const used = await Promise.all(
    ids.map(async (id) => {
      const open = await readdir(`/proc/${id}/fd`).catch(() => []);
      const links = [`/proc/${id}/cwd`, ...open.map((name) => `/proc/${id}/fd/${name}`)];
      const targets = await Promise.all(links.map((link) => readlink(link).catch(() => '')));
      return targets.some((target) => target.startsWith(folder)) ? id : undefined;
    }),
  );
  return used.filter((id) => id !== undefined);
}
