import { describe, expect, it } from 'vitest';
import { problemPage, show } from '../../../src/web/pages/layout.js';
import { html } from '../../../src/http/html.js';
import { Problem } from '../../../src/http/problem.js';
import { scopes } from '../../../src/http/route.js';

const visitor = (url: string) => ({
  url,
  languages: ['en'],
  who: { name: 'admin', scopes },
  assetAddress: (source: string) => `/assets/${source}`,
});
const flat = (body: unknown) => String(body).replace(/\s+/g, ' ');

describe('the frame of a page', () => {
  it.each(['/handsets', '/handsets/sklad', '/handsets?lang=cs'])('says where one is: %s', (url) => {
    const { body } = show(visitor(url), 'Handsets', html``);
    const marked = [...flat(body).matchAll(/<a href="([^"]+)" aria-current="page"/g)].map(([, path]) => path);
    expect(marked).toEqual(['/handsets']);
  });

  it('leads past the links, for keyboards', () => {
    expect(flat(show(visitor('/calls'), 'Calls', html``).body)).toMatch(
      /<body> <a class="skip" href="#content">.*<main id="content"/,
    );
  });
});

describe('the way back from an error', () => {
  it.each([
    ['/prompts/5/delete', 409, '/prompts/5'],
    ['/prompts/5', 404, '/prompts'],
    ['/accounts/eva/password', 403, '/accounts'],
    ['/accounts/role', 422, '/accounts'],
    ['/tokens', 409, '/accounts'],
    ['/tokens/shop/revoke', 404, '/accounts'],
    ['/bridges/b_1/cancel', 409, '/bridges'],
    ['/webhooks/7/redeliver', 403, '/webhooks/7'],
    ['/handsets/sklad/password', 403, '/handsets/sklad'],
    ['/dispatch/tokens', 409, '/dispatch'],
    ['/do-not-call/remove', 422, '/do-not-call'],
  ])('of %s (%i) leads to a page that there is: %s', (url, status, page) => {
    const answer = problemPage(new Problem(status, 'No', 'why'), visitor(url));
    expect(flat(answer.body)).toContain(`<p><a href="${page}">Back</a></p>`);
  });
});
