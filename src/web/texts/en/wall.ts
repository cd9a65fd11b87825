import { plural } from '../plural.js';

/** Words of the wallboard. */
export const wallTexts = {
  title: 'Wallboard',
  waiting: plural('en', { other: 'waiting' }),
  longest: 'longest',
  answered: 'answered today',
  lost: 'lost today',
  level: (s: number) => `answered within ${s} s`,
  free: 'free',
  talking: 'busy',
  paused: 'paused',
  nobody: 'Nobody can answer',
  noQueues: 'There are no queues yet.',
  live: 'Live',
  connecting: 'Connecting…',
  disconnected: (time: string) => `No connection since ${time}. The numbers are old.`,
  asterisk: 'Asterisk is unreachable. The numbers are old.',
  notDurable: 'Storage is failing: new calls are rejected.',
  sumsOld: (time: string) => `Numbers of the day: ${time}`,
  fullScreen: 'Full screen',
  leave: 'Back to the console',
};

export type WallTexts = typeof wallTexts;
