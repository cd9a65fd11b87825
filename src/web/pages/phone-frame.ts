import { z } from 'zod';
import { json } from '../../http/answer.js';
import { html, page } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { pageOrigin } from '../../webphone/schema.js';
import type { ConsoleSession } from '../session.js';
import { textsFor, textsOfConsole, textsOfPhone } from '../texts/texts.js';
import type { BuiltFiles } from './built-files.js';

const LOADER = 'assets/phone-loader.ts';
const FRAME = 'console/embed/main.ts';
const LOADER_CACHE = 'public, max-age=300';

interface PhoneFrameParts {
  built: BuiltFiles;
  /** Whether pages of this origin may embed a phone. */
  isListed: (origin: string) => boolean;
  session: (who: Request['who']) => ConsoleSession;
  timeZone: () => string;
}

/** `phone.js`, and the frame that it puts into a page of another server. */
export function phoneFramePages({ built, isListed, session, timeZone }: PhoneFrameParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/phone.js',
      scope: 'public',
      summary: 'The script that puts a phone into a page',
      answers: { 200: { description: 'The script', type: 'text/javascript' } },
      handle: () => {
        const file = built.find(built.addressOf(LOADER)?.replace('/assets/', '') ?? '');
        if (file === undefined) throw notBuilt();
        const headers = {
          'content-type': file.type,
          'cache-control': LOADER_CACHE,
          // Also for pages that isolate themselves from other origins.
          'cross-origin-resource-policy': 'cross-origin',
        };
        return { status: 200, headers, body: file.body, compressed: file.compressed };
      },
    }),
    route({
      method: 'GET',
      path: '/phone-frame',
      scope: 'public',
      summary: 'The frame of an embedded phone',
      query: z.strictObject({ origin: pageOrigin }),
      answers: { 200: { description: 'The frame', type: 'text/html' } },
      handle: ({ query: { origin }, languages }) => {
        if (!isListed(origin))
          throw new Problem(403, 'Forbidden', 'pages of this origin may not embed a phone: see browser_phones.origins');
        return frameFor(origin, { languages, built, timeZone: timeZone() });
      },
    }),
    route({
      method: 'GET',
      path: '/phone-frame/session',
      scope: 'operators:read',
      forPhones: true,
      summary: 'What an embedded phone knows about its operator',
      answers: { 200: { description: 'The same as in the pages of the console', type: 'application/json' } },
      handle: ({ who }) => {
        if (who?.phoneSession === undefined) throw new Problem(403, 'Forbidden', 'only for embedded phones');
        return json(session(who));
      },
    }),
  ];
}

/** It may be shown in pages of this origin only: a browser checks all pages around it. */
function frameFor(
  origin: string,
  { languages, built, timeZone }: { languages: readonly string[]; built: BuiltFiles; timeZone: string },
) {
  const script = built.addressOf(FRAME);
  if (script === undefined) throw notBuilt();
  const styles = [built.addressOf('assets/style.css') ?? '', ...built.stylesOf(FRAME)];
  const answer = page(
    html`<!doctype html>
      <html lang="${textsFor(languages).language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${textsOfPhone(languages).phone} · Cordboard</title>
          <base target="_blank" />
          <link rel="icon" href="data:," />
          ${styles.map((style) => html`<link rel="stylesheet" href="${style}" />`)}
          <script type="module" src="${script}"></script>
        </head>
        <body class="bare embedded">
          <main id="content" tabindex="-1">
            <div id="app" data-origin="${origin}" data-session="${JSON.stringify({ scopes: [], timeZone })}">
              <noscript>${textsOfConsole(languages).needsScript}</noscript>
            </div>
          </main>
        </body>
      </html>`,
  );
  const policy = `default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors ${origin}`;
  return {
    ...answer,
    headers: { ...answer.headers, 'content-security-policy': policy, 'referrer-policy': 'no-referrer' },
  };
}

function notBuilt(): Problem {
  return new Problem(503, 'Not built', 'run npm run build and restart the gateway');
}
