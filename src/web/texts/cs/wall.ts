import type { WallTexts } from '../en/wall.js';
import { plural } from '../plural.js';

export const wallTexts: WallTexts = {
  title: 'Nástěnka',
  waiting: plural('cs', { one: 'čeká', few: 'čekají', other: 'čeká' }),
  longest: 'nejdéle',
  answered: 'dnes přijato',
  lost: 'dnes ztraceno',
  level: (s) => `přijato do ${s} s`,
  free: 'volno',
  talking: 'obsazeno',
  paused: 'pauza',
  nobody: 'Nikdo nemůže přijmout hovor',
  noQueues: 'Zatím tu nejsou žádné fronty.',
  live: 'Živě',
  connecting: 'Připojuje se…',
  disconnected: (time) => `Bez spojení od ${time}. Údaje jsou zastaralé.`,
  asterisk: 'Asterisk je nedostupný. Údaje jsou zastaralé.',
  notDurable: 'Úložiště selhává: nové hovory jsou odmítány.',
  sumsOld: (time) => `Údaje za den: ${time}`,
  fullScreen: 'Celá obrazovka',
  leave: 'Zpět do konzole',
};
