import type { AsteriskPort } from '../asterisk/port.js';
import type { MusicAccount, QueueAccount, QueuePort, QueueSounds } from '../asterisk/queue-port.js';
import type { Logger } from '../lib/logger.js';
import type { QueueMemberships, QueueMembership } from './queue-membership.js';
import { Provisioner, unreachable } from './provisioner.js';
import type { Handset, Queue } from './schema.js';

interface QueueProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'> & Pick<QueuePort, 'putQueues' | 'putMusic'>;
  company: () => { queues: Queue[]; handsets: Handset[]; languages: string[] };
  sounds: WaitingSounds;
  logins: QueueMemberships;
  logger: Logger;
}

/** Addresses of music and prompts for waiting callers. */
export interface WaitingSounds {
  music(): Promise<MusicAccount[]>;
  /** Addresses of the prompts that have audio, in the first of the languages that has some. */
  prompts(ids: number[], languages: string[]): Promise<string[]>;
}

/** Writes the company's queues and music into Asterisk, after each connect and each change. */
export class QueueProvisioner extends Provisioner<QueueProvisionerOptions> {
  constructor(options: QueueProvisionerOptions) {
    super('queues', options);
  }

  protected override async apply(): Promise<void> {
    const { asterisk, company, logins, sounds } = this.options;
    if (!asterisk.usable) throw unreachable();
    await logins.withLogins(async (standing) => {
      const { queues, languages } = company();
      const music = await sounds.music();
      // A problem with the music must not prevent the queues.
      const failure = await asterisk.putMusic(music).catch((error: unknown) => ({ error }));
      const accounts = queues.map(async (queue) => {
        const { periodic, language } = queue;
        const spoken = language === undefined ? languages : [language, ...languages];
        const urls = periodic === undefined ? [] : await sounds.prompts(periodic.prompts, spoken);
        return withLogins(queueAccountOf(queue, { urls, music: music.map(({ name }) => name) }), standing);
      });
      await asterisk.putQueues(await Promise.all(accounts));
      if (failure) throw failure.error;
    });
  }
}

/**
 * Converts a queue to Asterisk's terms.
 * @param sounds addresses of the periodic prompts, and names of the existing music
 */
export function queueAccountOf(
  queue: Queue,
  sounds: { urls: string[]; music: string[] } = { urls: [], music: [] },
): QueueAccount {
  return {
    id: queue.id,
    handsets: queue.handsets,
    strategy: queue.strategy,
    ringTimeoutS: queue.ring_timeout / 1000,
    retryS: queue.retry / 1000,
    wrapUpS: queue.wrap_up / 1000,
    weight: queue.weight,
    maxLength: queue.max_length,
    joinWhen: queue.join_when,
    stayWhen: queue.stay_when,
    sounds: soundsOf(queue, sounds),
  };
}

function soundsOf({ music, periodic, announce }: Queue, there: { urls: string[]; music: string[] }): QueueSounds {
  return {
    music: music !== undefined && there.music.includes(music) ? music : null,
    periodic:
      periodic === undefined || there.urls.length === 0
        ? null
        : {
            urls: there.urls,
            everyS: periodic.every / 1000,
            firstAfterS: (periodic.first_after ?? periodic.every) / 1000,
          },
    standing:
      announce === undefined
        ? null
        : {
            everyS: announce.every / 1000,
            position: announce.position,
            positionLimit: announce.position_limit,
            holdTime: announce.hold_time,
            thanks: announce.thanks,
          },
  };
}

/** Restricts a queue to the handsets that are logged in, with their pauses. */
function withLogins(
  account: QueueAccount,
  standing: (queue: number, handset: string) => QueueMembership,
): QueueAccount {
  const standings = account.handsets.map((handset) => ({ handset, ...standing(account.id, handset) }));
  return {
    ...account,
    handsets: standings.filter(({ loggedIn }) => loggedIn).map(({ handset }) => handset),
    paused: Object.fromEntries(
      standings.filter(({ paused }) => paused).map(({ handset, pauseReason }) => [handset, pauseReason]),
    ),
  };
}
