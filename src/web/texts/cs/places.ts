import type { PlaceTexts } from '../en/places.js';

export const placeTexts: PlaceTexts = {
  line: (line) => `Číslo ${line}`,
  part: (name) => `Část ${name}`,
  queue: (name) => `Fronta ${name}`,
  key: (key) => `stisk ${key}`,
  rejected: 'Odmítnutí volající',
  orders: 'Volající s objednávkou',
  bridges: 'Spojení klienta s řidičem',
  notifications: 'Oznámení',
  speech: 'Stavy objednávek',
};
