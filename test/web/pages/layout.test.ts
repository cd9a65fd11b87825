import { describe, expect, it } from 'vitest';
import { scopesOf } from '../../../src/accounts/roles.js';
import { problemPage, show } from '../../../src/web/pages/layout.js';
import { html } from '../../../src/http/html.js';
import { Problem } from '../../../src/http/problem.js';
import { scopes, type Scope } from '../../../src/http/route.js';

const visitor = (url: string, granted: readonly Scope[] = scopes, usesDispatch = true) => ({
  url,
  languages: ['en'],
  who: { name: 'admin', scopes: granted },
  assetAddress: (source: string) => `/assets/${source}`,
  usesDispatch,
});
const flat = (body: unknown) => String(body).replace(/\s+/g, ' ');

describe('the frame of a page', () => {
  it.each(['/plans', '/plans/history', '/plans?lang=cs'])('says where one is: %s', (url) => {
    const { body } = show(visitor(url), 'Call plans', html``);
    const marked = [...flat(body).matchAll(/<a href="([^"]+)" aria-current="page"/g)].map(([, path]) => path);
    // In the menu, and in the bar of phones.
    expect(marked).toEqual(['/plans', '/plans']);
  });

  it('leads past the links, for keyboards', () => {
    expect(flat(show(visitor('/calls'), 'Calls', html``).body)).toMatch(
      /<body class=""> <a class="skip" href="#content">.*<main id="content"/,
    );
  });
});

describe('the menu', () => {
  const paths = (granted: readonly Scope[], usesDispatch: boolean) => {
    const nav = /<ul class="tasks">.*?<\/nav>/.exec(
      flat(show(visitor('/', granted, usesDispatch), 'x', html``).body),
    )?.[0];
    return [...(nav ?? '').matchAll(/href="([^"]+)"/g)].map(([, path]) => path);
  };

  it('offers the pages of the role', () => {
    const ofOperators = ['/now', '/wall', '/calls', '/missed', '/messages', '/handsets', '/prompts', '/music'];
    expect(paths(scopesOf('operator', {}), false)).toEqual(ofOperators);
    expect(paths(scopesOf('supervisor', {}), false)).toEqual(
      expect.arrayContaining(['/now', '/reports', '/webhooks', '/docs']) as unknown,
    );
    for (const path of ['/people', '/audit']) {
      expect(paths(scopesOf('supervisor', {}), false)).not.toContain(path);
      expect(paths(scopesOf('admin', {}), false)).toContain(path);
    }
  });

  it('offers orders and notifications to companies with a dispatch', () => {
    expect(paths(scopesOf('operator', {}), true)).toEqual(
      expect.arrayContaining(['/notifications', '/bridges', '/do-not-call']) as unknown,
    );
    expect(paths(scopesOf('admin', {}), false)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/notifications|bridges|do-not-call|dispatch/)]) as unknown,
    );
  });
});

describe('the way back from an error', () => {
  it.each([
    ['/prompts/5', 404, '/prompts'],
    ['/click-to-call', 422, '/click-to-call'],
    ['/reports', 403, '/'],
  ])('of %s (%i) leads to a page that there is: %s', (url, status, page) => {
    const answer = problemPage(new Problem(status, 'Conflict', 'why'), visitor(url));
    expect(flat(answer.body)).toContain(`<p><a href="${page}">Back</a></p>`);
  });
});
