import type { Clock } from '../lib/clock.js';
import { z } from 'zod';
import type { AriAnswer, AriRequest } from './ari/ari-request.js';
import { bodyOf } from './ari/ari-request.js';

/** Global variable of Asterisk: the id of the installation whose gateway is connected, and a number that changes while it lives. */
const VARIABLE = 'CORDBOARD_OWNER';
const BEAT_MS = 5_000;
/** An owner whose number has not changed for so long is gone. */
const SILENT_MS = 12_500;
const LOOK_EVERY_MS = 500;

const answerSchema = z.object({ value: z.string() });

export interface Owner {
  /** Of the installation. */
  id: string;
  /** It must not take Asterisk from another installation that lives. */
  readonly givesWay: boolean;
}

/** Another installation lives at this Asterisk, and this one is a copy. */
export class OwnedByAnother extends Error {
  override readonly name = 'OwnedByAnother';
  constructor() {
    super(
      'this data folder is a copy, and the gateway of the installation that it was made of is connected to this Asterisk. ' +
        'Give the copy an Asterisk of its own (ARI_URL, AMI_HOST, AMI_PORT), or end the other gateway; ' +
        'if the installation was moved here, run cordboard adopt and start again',
    );
  }
}

/** Resolves when this gateway may connect. @throws {OwnedByAnother} @throws AsteriskError when Asterisk does not answer */
export async function awaitOwnership(
  { id, givesWay }: Owner,
  send: (request: AriRequest) => Promise<AriAnswer>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (!givesWay) return;
  const first = await ownerNow(send);
  if (first === '' || first.startsWith(`${id} `)) return;
  for (const until = clock.now() + SILENT_MS; clock.now() < until && !signal.aborted;) {
    await new Promise<void>((resolve) => clock.wakeAt(clock.now() + LOOK_EVERY_MS, resolve));
    if ((await ownerNow(send)) !== first) throw new OwnedByAnother();
  }
}

async function ownerNow(send: (request: AriRequest) => Promise<AriAnswer>): Promise<string> {
  const answer = await send({ method: 'GET', path: 'asterisk/variable', query: { variable: VARIABLE } });
  if (answer.status === 404) return '';
  return answerSchema.parse(bodyOf(answer)).value;
}

/** Tells others at the same Asterisk that this installation lives. */
export class OwnershipBeat {
  #cancel: () => void = () => undefined;
  #count = 0;

  constructor(
    private readonly id: string,
    private readonly request: (request: AriRequest) => Promise<unknown>,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#cancel();
    this.#count += 1;
    const value = `${this.id} ${this.clock.now()}.${this.#count}`;
    // What became of it is heard of by the link itself.
    this.request({ method: 'POST', path: 'asterisk/variable', query: { variable: VARIABLE, value } }).catch(
      () => undefined,
    );
    this.#cancel = this.clock.wakeAt(this.clock.now() + BEAT_MS, () => this.start());
  }

  stop(): void {
    this.#cancel();
  }
}
