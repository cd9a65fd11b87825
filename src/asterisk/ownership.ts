import type { Clock } from '../lib/clock.js';
import { z } from 'zod';
import type { AriAnswer, AriRequest } from './ari/ari-request.js';
import { bodyOf } from './ari/ari-request.js';

/** Global variable of Asterisk: the id of the connected installation, and a heartbeat value that changes while it is alive. */
export function variableOf(app: string): string {
  return app === 'cordboard' ? 'CORDBOARD_OWNER' : `CORDBOARD_OWNER_${app.replaceAll('-', '_')}`;
}

const HEARTBEAT_MS = 5_000;
/** An owner without a heartbeat for this long is gone. */
const SILENT_MS = 12_500;
const CHECK_EVERY_MS = 500;

const answerSchema = z.object({ value: z.string() });

export interface Owner {
  /** Of the installation. */
  id: string;
  /** True when it must not take over Asterisk from another live installation. */
  readonly mustYield: boolean;
}

/** Another live installation owns this Asterisk, and this one is a copy of it. */
export class OwnedByAnotherInstallation extends Error {
  override readonly name = 'OwnedByAnotherInstallation';
  constructor() {
    super(
      'this data folder is a copy, and the gateway of the original installation is connected to this Asterisk. ' +
        'Give the copy an Asterisk of its own (ARI_URL, AMI_HOST, AMI_PORT), or stop the other gateway; ' +
        'if the installation was moved here, run cordboard adopt and start again',
    );
  }
}

/** Waits until this gateway may connect. @throws {OwnedByAnotherInstallation} @throws AsteriskError when Asterisk does not respond */
export async function awaitOwnership(
  { id, mustYield }: Owner,
  app: string,
  send: (request: AriRequest) => Promise<AriAnswer>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (!mustYield) return;
  const first = await readOwner(app, send);
  if (first === '' || first.startsWith(`${id} `)) return;
  for (const until = clock.now() + SILENT_MS; clock.now() < until && !signal.aborted;) {
    await new Promise<void>((resolve) => clock.wakeAt(clock.now() + CHECK_EVERY_MS, resolve));
    if ((await readOwner(app, send)) !== first) throw new OwnedByAnotherInstallation();
  }
}

async function readOwner(app: string, send: (request: AriRequest) => Promise<AriAnswer>): Promise<string> {
  const answer = await send({ method: 'GET', path: 'asterisk/variable', query: { variable: variableOf(app) } });
  if (answer.status === 404) return '';
  return answerSchema.parse(bodyOf(answer)).value;
}

/** Publishes this installation's heartbeat to other gateways at the same Asterisk. */
export class OwnershipHeartbeat {
  #cancel: () => void = () => undefined;
  #count = 0;

  constructor(
    private readonly id: string,
    private readonly app: string,
    private readonly request: (request: AriRequest) => Promise<unknown>,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#cancel();
    this.#count += 1;
    const value = `${this.id} ${this.clock.now()}.${this.#count}`;
    // The link itself detects failures.
    this.request({ method: 'POST', path: 'asterisk/variable', query: { variable: variableOf(this.app), value } }).catch(
      () => undefined,
    );
    this.#cancel = this.clock.wakeAt(this.clock.now() + HEARTBEAT_MS, () => this.start());
  }

  stop(): void {
    this.#cancel();
  }
}
