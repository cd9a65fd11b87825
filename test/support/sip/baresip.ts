import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../ports.js';
import { wav } from '../tones.js';
import { BaresipControl, type BaresipEvent } from './baresip-control.js';
import { Child } from './child.js';
import { recognise, type Heard, type Sound } from './recogniser.js';
import { describeHeard, describeSound, SoundCursor } from './sounds.js';

export type { BaresipEvent } from './baresip-control.js';

const LOOPBACK = '127.0.0.1';
const MODULES = '/usr/lib/baresip/modules';
const START_MS = 5000;
const START_TRIES = 3;
const WAV_HEADER_BYTES = 44;
const LOOK_INTERVAL_MS = 100;
/** The audio to send by default. Without an audio source baresip sends no RTP, and no digits. */
const SILENT_VOICE = new Int16Array(8000 * 120);

const MEDIA_ENCRYPTION = {
  signalling: '',
  audio: ';mediaenc=srtp-mand',
  both: ';mediaenc=srtp-mand',
  'where possible': ';mediaenc=srtp',
};

export interface BaresipOptions {
  /** Asterisk's SIP address. */
  server: { host: string; port: number };
  /** Account name, or caller's number. */
  user: string;
  /** With a password it can register and answer challenges. */
  password?: string;
  /** `auto` answers calls as they come; `manual` (default) leaves them to the test. */
  answers?: 'auto' | 'manual';
  /**
   * SIP over TLS to the server's port, SRTP with SDES for every call, or both; `where possible`: TLS, and SRTP if the other side has it.
   * The server's certificate is not checked.
   */
  encrypts?: 'signalling' | 'audio' | 'both' | 'where possible';
  /** SIP over TCP, without encryption. */
  overTcp?: boolean;
  /** The audio that it sends from the start of a call (8 kHz). Default: two minutes of silence. */
  voice?: Int16Array;
}

/**
 * baresip 1.0, a real softphone, with its own folder and ports. It sends digits as RFC 4733. The audio it receives is recorded
 * as it arrives: time without packets is missing in the recording.
 */
export class Baresip {
  readonly #options: BaresipOptions;
  #cursor = new SoundCursor();
  #folder = '';
  #child: Child | undefined;
  #control: BaresipControl | undefined;
  #seen = 0;

  constructor(options: BaresipOptions) {
    this.#options = options;
  }

  async start(): Promise<this> {
    this.#folder = await mkdtemp(join(tmpdir(), 'baresip-'));
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#launch();
        return this;
      } catch (error) {
        await this.#child?.stop();
        if (tries < START_TRIES) continue;
        await rm(this.#folder, { recursive: true, force: true });
        throw new Error(`baresip did not start: ${this.output}`, { cause: error });
      }
    }
  }

  /** Ends baresip (its registration too) and removes its folder. May be called twice. */
  async stop(): Promise<void> {
    await this.#control?.command('quit').catch(() => undefined);
    this.#control?.close();
    this.#control = undefined;
    await this.#child?.stop();
    if (this.#folder !== '') await rm(this.#folder, { recursive: true, force: true });
  }

  /** baresip's output, for messages of failed tests. */
  get output(): string {
    return this.#child?.output ?? '';
  }

  /** Its folder, to check that it is removed. */
  get folder(): string {
    return this.#folder;
  }

  /** All events so far, oldest first. */
  get events(): readonly BaresipEvent[] {
    return this.#running.events;
  }

  /** Registers the account. Rejects when the registrar refuses. */
  async register({ withinMs = 15_000 } = {}): Promise<void> {
    await this.#running.command('uanew', this.#account(60));
    const { type, param = '' } = await this.#running.event(({ type }) => /^REGISTER_(OK|FAIL)$/.test(type), withinMs);
    if (type !== 'REGISTER_OK') throw new Error(`Registration of ${this.#options.user} failed: ${param}`);
  }

  /** Lets it call without a registration, as a trunk does. */
  async useWithoutRegistration(): Promise<void> {
    await this.#running.command('uanew', this.#account(0));
  }

  /** Dials a number or a SIP URI. `event('CALL_ESTABLISHED')` resolves on the answer. */
  async dial(target: string): Promise<void> {
    const { host, port } = this.#options.server;
    await this.#forget();
    const uri = target.startsWith('sip:') ? target : `sip:${target}@${host}:${port};transport=${this.#transport}`;
    await this.#running.command('dial', uri);
  }

  /** Waits for an event since the latest `dial` or `accept`, or since the start. */
  event(type: string, { withinMs = 15_000 } = {}): Promise<BaresipEvent> {
    return this.#running.event((event) => event.type === type, withinMs, this.#seen);
  }

  /** Presses keys one after another, as RFC 4733. */
  async press(keys: string, { gapMs = 120, holdMs = 100 } = {}): Promise<void> {
    for (const key of Array.from(keys)) {
      await this.#running.key(key, holdMs);
      await new Promise((resolve) => setTimeout(resolve, gapMs));
    }
  }

  /** Answers the incoming call. */
  async accept(): Promise<void> {
    await this.#forget();
    await this.#running.command('accept');
  }

  /** Ends the current call; refuses an incoming one. */
  async hangUp(): Promise<void> {
    await this.#running.command('hangup');
  }

  /** Resolves when the current call is over: `by` phone is this one; `reason` in baresip's words. */
  async ended({ withinMs = 15_000 } = {}): Promise<{ by: 'phone' | 'peer'; reason: string }> {
    const { param: reason = '' } = await this.event('CALL_CLOSED', { withinMs });
    return { by: reason.includes('by user') ? 'phone' : 'peer', reason };
  }

  /** The audio received so far on the latest call, 8 kHz. */
  async pcm(): Promise<Int16Array> {
    const folder = join(this.#folder, 'recordings');
    const names = (await readdir(folder)).filter((name) => name.endsWith('-dec.wav')).sort();
    const latest = names.at(-1);
    if (latest === undefined) return new Int16Array();
    const bytes = (await readFile(join(folder, latest))).subarray(WAV_HEADER_BYTES);
    return Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(index * 2));
  }

  async heard(): Promise<Heard[]> {
    return recognise(await this.pcm());
  }

  /** Like the test phone's `hears`: the next sound must be this one. Polls baresip's recording ten times a second. */
  async hears(expected: Sound, { withinMs = 15_000, skipping = false } = {}): Promise<Heard> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const heard = await this.heard();
      const found = this.#cursor.find(expected, heard, { skipping, toItsEnd: false }, false);
      if (found) return found;
      if (Date.now() > deadline)
        throw new Error(
          `Did not hear ${describeSound(expected)}: heard ${describeHeard(heard)} (waited ${withinMs} ms)`,
        );
      await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
    }
  }

  /** Recordings are named by the second: one of an earlier call could be taken for this one's. */
  async #forget(): Promise<void> {
    this.#seen = this.events.length;
    this.#cursor = new SoundCursor();
    const folder = join(this.#folder, 'recordings');
    for (const name of await readdir(folder)) await rm(join(folder, name));
  }

  get #running(): BaresipControl {
    if (this.#control === undefined) throw new Error('baresip is not running');
    return this.#control;
  }

  get #transport(): 'udp' | 'tcp' | 'tls' {
    if (this.#options.overTcp === true) return 'tcp';
    const { encrypts } = this.#options;
    return encrypts === undefined || encrypts === 'audio' ? 'udp' : 'tls';
  }

  #account(registerEveryS: number): string {
    const { server, user, password, answers = 'manual', encrypts } = this.#options;
    const protection = encrypts === undefined ? '' : MEDIA_ENCRYPTION[encrypts];
    const secrets = password === undefined ? '' : `;auth_user=${user};auth_pass=${password}`;
    return `<sip:${user}@${server.host}:${server.port};transport=${this.#transport}>${secrets}${protection};regint=${registerEveryS};answermode=${answers}`;
  }

  async #launch(): Promise<void> {
    const ports = { sip: await freePort(), control: await freePort(), console: await freePort() };
    await mkdir(join(this.#folder, 'recordings'), { recursive: true });
    await writeFile(join(this.#folder, 'config'), this.#config(ports));
    await writeFile(join(this.#folder, 'voice.wav'), new Uint8Array(wav(this.#options.voice ?? SILENT_VOICE)));
    for (const name of ['accounts', 'contacts']) await writeFile(join(this.#folder, name), '');
    const child = Child.run('baresip', ['-4', '-f', this.#folder]);
    this.#child = child;
    let isGone = false;
    void child.exited.then(() => (isGone = true));
    this.#control = new BaresipControl(ports);
    await this.#control.connect(START_MS, () => isGone);
  }

  #config(ports: { sip: number; control: number; console: number }): string {
    const modules = ['g711', 'srtp', 'sndfile', 'aubridge', 'aufile', 'cons'].map((name) => `module ${name}.so`);
    const apps = ['account', 'menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`);
    return [
      `module_path ${MODULES}`,
      ...modules,
      ...apps,
      // By name it refuses the loopback interface, by address it accepts it.
      `net_interface ${LOOPBACK}`,
      // Uses the next TCP port as well, for TLS.
      `sip_listen ${LOOPBACK}:${ports.sip}`,
      `ctrl_tcp_listen ${LOOPBACK}:${ports.control}`,
      `cons_listen ${LOOPBACK}:${ports.console}`,
      `snd_path ${join(this.#folder, 'recordings')}`,
      `audio_source aufile,${join(this.#folder, 'voice.wav')}`,
      'audio_player aubridge,player',
      'audio_alert aubridge,alert',
      'ausrc_srate 8000',
      'auplay_srate 8000',
      'ausrc_channels 1',
      'auplay_channels 1',
      'rtp_ports 22000-32000',
      'statmode_default off',
      '',
    ].join('\n');
  }
}
