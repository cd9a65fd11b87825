/** The key after `g` that leads to a page. */
export const PAGE_KEYS: Record<string, string> = {
  n: '/now',
  c: '/calls',
  l: '/plans',
  m: '/missed',
  r: '/reports',
  h: '/handsets',
  p: '/prompts',
  w: '/webhooks',
};
