import type { WallTexts } from '../en/wall.js';

export const wallTexts: WallTexts = {
  title: 'Nástěnka',
  waiting: 'čeká',
  longest: 'nejdéle',
  answered: 'dnes přijato',
  lost: 'dnes ztraceno',
  level: (s) => `přijato do ${s} s`,
  free: 'volno',
  talking: 'hovoří',
  paused: 'pauza',
  nobody: 'Nikdo nemůže přijmout hovor',
  noQueues: 'Zatím tu nejsou žádné fronty.',
  live: 'Živě',
  connecting: 'Připojuje se…',
  disconnected: (time) => `Bez spojení od ${time}. Čísla jsou stará.`,
  asterisk: 'Asterisk je nedostupný. Čísla jsou stará.',
  notDurable: 'Úložiště selhává: nové hovory jsou odmítány.',
  sumsOld: (time) => `Čísla dne: ${time}`,
  fullScreen: 'Celá obrazovka',
  leave: 'Zpět do konzole',
};
