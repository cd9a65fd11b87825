import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { expect, onTestFinished, test } from 'vitest';
import { comparedPictures } from '../browser/compared-pictures.js';

function picture(height: number, blackRows: number): Buffer {
  const png = new PNG({ width: 100, height });
  png.data.fill(0xff);
  for (let at = 0; at < blackRows * png.width * 4; at += 4) png.data.fill(0, at, at + 3);
  return PNG.sync.write(png);
}

test('lists pictures that changed, the largest change first, and draws them side by side', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pictures-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [before, after] = [path.join(folder, 'before'), path.join(folder, 'after')];
  await Promise.all([mkdir(before), mkdir(after)]);
  await writeFile(path.join(before, 'same.png'), picture(100, 5));
  await writeFile(path.join(after, 'same.png'), picture(100, 5));
  await writeFile(path.join(before, 'changed.png'), picture(100, 0));
  await writeFile(path.join(after, 'changed.png'), picture(100, 10));
  await writeFile(path.join(before, 'longer.png'), picture(100, 0));
  await writeFile(path.join(after, 'longer.png'), picture(200, 0));
  await writeFile(path.join(after, 'new.png'), picture(100, 0));
  const files = ['same.png', 'changed.png', 'longer.png', 'new.png'];

  expect(await comparedPictures(files, { before, after })).toEqual([
    'new.png (new): 100.00 % changed',
    'longer.png: 50.00 % changed',
    'changed.png: 10.00 % changed',
  ]);
  expect((await readdir(after)).filter((file) => file.startsWith('changed-')).toSorted()).toEqual([
    'changed-changed.png',
    'changed-longer.png',
  ]);
});
