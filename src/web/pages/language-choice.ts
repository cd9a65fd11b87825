import { z } from 'zod';
import { seeOther } from '../../http/answer.js';
import { languageCookie } from '../../http/languages.js';
import { route, type Route } from '../../http/route.js';
import { supportedLanguages } from '../../lib/language.js';
import { localPath } from './local-path.js';

/** `/language` keeps the chosen language in a cookie and returns to the page. */
export function languageRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/language',
      scope: 'public',
      kind: 'page',
      summary: 'Chooses the language of the pages',
      body: z.object({ language: z.enum(supportedLanguages), next: z.string().max(2000).optional() }),
      bodyType: 'form',
      handle: ({ body: { language, next } }) =>
        seeOther(localPath(next, '/'), { 'set-cookie': languageCookie(language) }),
    }),
  ];
}
