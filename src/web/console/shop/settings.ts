import type { Section } from '../../../company/store/items.js';
import type { paths } from '../api/schema.js';

export type ShopSettings = paths['/api/v1/shop-settings']['get']['responses'][200]['content']['application/json'];
export type HandOver = ShopSettings['hand_overs'][number];
export type Exchange =
  paths['/api/v1/hand-over-test']['post']['responses'][200]['content']['application/json']['exchanges'][number];

/** Telfa's users mark the prompts of their shop with this. */
const MARK = /^API\s*[-–:]*\s*/;

/**
 * The prompts of the shop, with what they mean there: those with the mark, or all if none has it. The one for rejected callers needs
 * no mark: the shop asks for it.
 */
export function shopPrompts({
  prompts,
  reject_prompt: rejected,
}: Pick<ShopSettings, 'prompts' | 'reject_prompt'>): { id: number; meaning: string }[] {
  const isMarked = prompts.some(({ name }) => MARK.test(name));
  return prompts
    .filter(({ id, name }) => !isMarked || MARK.test(name) || id === rejected)
    .map(({ id, name }) => ({ id, meaning: name.replace(MARK, '') || name }));
}

/** The item of the configuration in which a pointer is. */
export function itemOf(where: string): { section: Section; key: string } {
  const [section = '', key = ''] = where.split('/');
  if (section === 'lines' || section === 'parts') return { section, key };
  return { section: 'settings', key: 'company' };
}

/** A copy of an item in which hand-overs to one address go to another. */
export function withAddress(body: unknown, from: string, to: string): unknown {
  if (Array.isArray(body)) return body.map((each) => withAddress(each, from, to));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => {
      const changed = withAddress(value, from, to);
      const isHandOver = name === 'hand_over' && typeof changed === 'object' && changed !== null;
      if (isHandOver && 'url' in changed && changed.url === from) return [name, { ...changed, url: to }];
      return [name, changed];
    }),
  );
}
