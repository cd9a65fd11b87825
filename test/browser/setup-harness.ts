import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { Phone } from '../support/sip/phone.js';
import { toneLanguages } from '../support/sip/tone-table.js';
import { toneWav } from '../support/tones.js';
import { CHROMIUM, DESKTOP, Visitor } from './browser-harness.js';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The tone of each shipped sound that the set-up can use. */
export const TONES = {
  'main-menu': 1,
  'wrong-key': 2,
  'one-moment': 3,
  'status-unavailable': 4,
  closed: 5,
  goodbye: 6,
  'nobody-available': 7,
  connecting: 8,
  'call-rejected': 40,
  'queue-welcome': 41,
  'queue-hold-the-line': 42,
} as const;
const TONE_MS = 8_000;
const VOICE = 60;

/** A gateway with a fresh data folder and no company, whose shipped sounds are tones, and browsers with a microphone. */
export class SetupHarness {
  readonly #phones: Phone[] = [];
  #callers = 0;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    readonly browser: Browser,
    private readonly folder: string,
  ) {}

  static async open(): Promise<SetupHarness> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-setup-'));
    const voice = path.join(folder, 'voice.wav');
    await writeFile(voice, toneWav(VOICE, 'cs', 10_000));
    await writeSounds(path.join(folder, 'sounds'));
    const asterisk = await startAsterisk();
    const gateway = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      env: { CORDBOARD_EXAMPLE: 'none', CORDBOARD_SOUNDS: path.join(folder, 'sounds') },
    });
    const browser = await chromium.launch({
      ...CHROMIUM,
      args: [
        ...CHROMIUM.args,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-audio-capture=${voice}`,
      ],
    });
    return new SetupHarness(asterisk, gateway, browser, folder);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all(this.#phones.map((phone) => phone.stop()));
    await this.gateway.stop();
    await this.asterisk.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The link that the command prints, as `scripts/start` does. */
  async link(): Promise<string> {
    const { stdout } = await run(process.execPath, ['dist/cli.js', 'setup-link'], {
      cwd: root,
      env: { CORDBOARD_URL: this.gateway.url, CORDBOARD_API_TOKEN: this.gateway.token },
    });
    return stdout.trim();
  }

  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({
      baseURL: this.gateway.url,
      locale: 'en-GB',
      timezoneId: 'Europe/Prague',
      viewport: DESKTOP,
      permissions: ['microphone'],
      ...options,
    });
    return new Visitor(await context.newPage(), this.gateway.token);
  }

  /** A telephone outside, with a number of its own. */
  async caller(): Promise<Phone> {
    this.#callers += 1;
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const phone = await new Phone({ server, user: `+42077720010${this.#callers}` }).start();
    this.#phones.push(phone);
    return phone;
  }
}

async function writeSounds(folder: string): Promise<void> {
  for (const language of toneLanguages) {
    await mkdir(path.join(folder, language), { recursive: true });
    for (const [sound, tone] of Object.entries(TONES))
      await writeFile(path.join(folder, language, `${sound}.wav`), toneWav(tone, language, TONE_MS));
  }
  await mkdir(path.join(folder, 'music'), { recursive: true });
  await writeFile(path.join(folder, 'music', 'calm.wav'), toneWav(VOICE, 'cs', TONE_MS));
}
