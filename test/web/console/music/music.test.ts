import { expect, it } from 'vitest';
import { nameFor } from '../../../../src/web/console/music/music.js';
import { musicSchema } from '../../../../src/prompts/music-schema.js';

it.each([
  ['Klidná hudba', 'klidna-hudba'],
  ['  Ždár 2 – ráno!', 'zdar-2-rano'],
  ['Тихая музыка', 'tihaya-muzyka'],
  ['x'.repeat(80), 'x'.repeat(40)],
])('queues refer to %j by %s', (title, name) => {
  expect(nameFor(title)).toBe(name);
  expect(musicSchema.shape.name.safeParse(name).success).toBe(true);
});

it('a title without letters and digits has no name', () => {
  expect(nameFor('♪ ♫')).toBe('');
});
