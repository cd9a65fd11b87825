import { CALL_ID, newCallId } from '../../kernel/ids.js';
import { z } from 'zod';
import type { CallControl, ControlRefused } from '../../telephony/control.js';
import { pageAfterForm, type Answer } from '../../http/answer.js';
import { html } from '../../http/html.js';
import { route, type Request, type Route } from '../../http/route.js';
import { textsFor } from '../texts/texts.js';
import { show } from './layout.js';

const page = { kind: 'page', path: '/click-to-call', scope: 'operators:read' } as const;
const number = z.string().max(80);
const callId = z.string().regex(CALL_ID);

/** Checks a number against the dial policy before the call. */
type CheckNumber = (text: string) => { number: string } | ControlRefused;

/**
 * `/click-to-call`: the target of telephone links on other pages. GET only shows a button, because browsers and mail programs prefetch
 * links; the button dials from the handset of the logged-in operator. Pressed twice, it dials once.
 */
export function clickToCallPages(control: Pick<CallControl, 'call'>, checkNumber: CheckNumber): Route[] {
  return [
    route({
      ...page,
      method: 'GET',
      summary: 'Asks for confirmation before a call from your own handset',
      query: z.object({ number }),
      handle: (request) => confirmationPage(request, checkNumber(withTelScheme(request.query.number))),
    }),
    route({
      ...page,
      method: 'POST',
      bodyType: 'form',
      summary: 'Calls your own handset, then the number',
      body: z.object({ number, call_id: callId }),
      handle: async (request) => {
        const handset = request.who?.operator?.handset;
        const checked = checkNumber(withTelScheme(request.body.number));
        if (handset === undefined || 'why' in checked)
          return pageAfterForm(request, (shown) => confirmationPage(shown, checked));
        const called = await control.call({ handset, number: checked.number, callId: request.body.call_id });
        return pageAfterForm(request, (shown) =>
          called.ok ? ringingPage(shown, checked.number) : refusalPage(shown, called),
        );
      },
    }),
  ];
}

function confirmationPage(request: Request, checked: ReturnType<CheckNumber>): Answer {
  const texts = textsFor(request.languages).ofOperator;
  if ('why' in checked) return refusalPage(request, checked);
  if (request.who?.operator?.handset === undefined)
    return show(request, texts.call, html`<p role="alert" class="bad">${texts.noHandset}</p>`, 403);
  const content = html`<p>${texts.callHow}</p>
    <form method="post" action="/click-to-call">
      <p><strong class="called">${checked.number}</strong></p>
      <input type="hidden" name="number" value="${checked.number}" />
      <input type="hidden" name="call_id" value="${newCallId()}" />
      <button class="primary" autofocus>${texts.callNow}</button>
    </form>`;
  return show(request, texts.callWho, content);
}

function ringingPage(request: Request, called: string): Answer {
  const texts = textsFor(request.languages).ofOperator;
  return show(
    request,
    texts.call,
    html`<p role="status">${texts.ringing} <strong class="called">${called}</strong></p>`,
  );
}

function refusalPage(request: Request, { why, detail }: ControlRefused): Answer {
  const texts = textsFor(request.languages).ofOperator;
  const text = why === 'bad_number' ? texts.badNumber : why === 'refused' ? texts.refused : texts.notNow;
  const content = html`<div role="alert">
    <p class="bad">${text}</p>
    <p lang="en">${detail}</p>
  </div>`;
  return show(request, texts.call, content, why === 'bad_number' ? 422 : why === 'refused' ? 403 : 503);
}

/** Links may contain `tel:+420…`, `sip:+420…@host` or `callto:+420…`. */
function withTelScheme(text: string): string {
  return text.trim().replace(/^callto:/i, 'tel:');
}
