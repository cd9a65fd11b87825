import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Below it are times of day, ids and ports, which differ each time: the share of pixels that differ. */
const SMALLEST_SHARE = 0.0005;
const GAP_PX = 8;
/** Grey: colour where one of the pictures has no pixels, and between them. */
const GROUND = [0x88, 0x88, 0x88, 0xff];

/**
 * Compares pictures with those of the same names in an earlier folder. For each that changed, `changed-NAME` shows it before, after,
 * and where it differs.
 * @returns what changed, a sentence each, the largest change first
 */
export async function comparedPictures(files: string[], folders: { before: string; after: string }): Promise<string[]> {
  const [before, after] = await Promise.all([picturesIn(folders.before), picturesIn(folders.after)]);
  const changed: { file: string; share: number }[] = [];
  for (const file of files) {
    const [former, present] = [await before(file), await after(file)];
    if (present === undefined) throw new Error(`${file} is not in ${folders.after}`);
    const { share, picture } = former === undefined ? { share: 1, picture: undefined } : compared(former, present);
    if (share < SMALLEST_SHARE) continue;
    changed.push({ file: picture === undefined ? `${file} (new)` : file, share });
    if (picture !== undefined) await writeFile(path.join(folders.after, `changed-${file}`), PNG.sync.write(picture()));
  }
  changed.sort((a, b) => b.share - a.share);
  return changed.map(({ file, share }) => `${file}: ${(share * 100).toFixed(2)} % changed`);
}

/** Reads a picture of a folder; undefined: there is none of this name. */
async function picturesIn(folder: string): Promise<(file: string) => Promise<PNG | undefined>> {
  const names = new Set(await readdir(folder));
  return async (file) => (names.has(file) ? PNG.sync.read(await readFile(path.join(folder, file))) : undefined);
}

/** The share of pixels that differ, and a picture of both and the difference side by side. */
function compared(before: PNG, after: PNG): { share: number; picture: () => PNG } {
  const width = Math.max(before.width, after.width);
  const height = Math.max(before.height, after.height);
  const [left, right, difference] = [
    extended(before, width, height),
    extended(after, width, height),
    blank(width, height),
  ];
  const pixels = pixelmatch(left.data, right.data, difference.data, width, height);
  return { share: pixels / (width * height), picture: () => sideBySide([left, right, difference]) };
}

function blank(width: number, height: number): PNG {
  const picture = new PNG({ width, height });
  picture.data.fill(Buffer.from(GROUND));
  return picture;
}

function extended(picture: PNG, width: number, height: number): PNG {
  if (picture.width === width && picture.height === height) return picture;
  const larger = blank(width, height);
  PNG.bitblt(picture, larger, 0, 0, picture.width, picture.height, 0, 0);
  return larger;
}

/** @param pictures of the same size */
function sideBySide(pictures: PNG[]): PNG {
  const [{ width, height } = { width: 0, height: 0 }] = pictures;
  const all = blank((width + GAP_PX) * pictures.length - GAP_PX, height);
  pictures.forEach((each, index) => PNG.bitblt(each, all, 0, 0, width, height, index * (width + GAP_PX), 0));
  return all;
}
