import { z } from 'zod';
import { seeOther } from '../../http/answer.js';
import { html } from '../../http/html.js';
import { Problem } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { textsFor } from '../texts/texts.js';
import { show } from './layout.js';
import { noAccountYet } from './login.js';

export interface SetupPageParts {
  firstAccount: {
    readonly isMissing: boolean;
    /** @throws {Problem} for a code that is not valid */
    check(code: string, address: string): Promise<void>;
  };
  /** The page of the console, around which the wizard is rendered. */
  shell: (request: Request, title: string) => ReturnType<typeof show>;
}

/** `/setup`: the set-up of the company, for the holder of the one-time link and for admins. */
export function setupPages({ firstAccount, shell }: SetupPageParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/setup',
      scope: 'public',
      kind: 'page',
      summary: 'The set-up of the company: with the one-time link, or as an admin',
      query: z.object({ code: z.string().max(100).optional(), step: z.string().max(40).optional() }),
      async handle(request) {
        const { ofSetup: words } = textsFor(request.languages);
        if (request.can('config:write')) return shell(request, words.title);
        // There is an account: the link of the set-up has done its work.
        if (request.who !== undefined) return seeOther('/');
        if (!firstAccount.isMissing) return seeOther('/login?next=%2Fsetup');
        try {
          await firstAccount.check(request.query.code ?? '', request.address);
        } catch (error) {
          if (!(error instanceof Problem) || error.status !== 403) throw error;
          return invalidLinkPage(request);
        }
        return shell(request, words.title);
      },
    }),
  ];
}

function invalidLinkPage(request: Request) {
  const texts = textsFor(request.languages);
  const { code } = request.query as { code?: string };
  const content = html`${code !== undefined && html`<p role="alert" class="bad">${texts.ofSetup.invalidLinkWhy}</p>`}
  ${noAccountYet(texts)}`;
  return show(request, code === undefined ? texts.ofSetup.title : texts.ofSetup.invalidLink, content, 403);
}
