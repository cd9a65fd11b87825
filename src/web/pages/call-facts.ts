import type { PresentedCall } from '../../calls/present.js';
import { html, type Html } from '../../http/html.js';
import { translate, type PageTexts } from '../texts/texts.js';

/** What the list and the page of a call say of it, in the reader's language. */

/** Who called whom: the outside party first, or of calls that we made the line first. */
export function partiesOf({ caller, line, direction }: PresentedCall, texts: PageTexts): { from: string; to: string } {
  const outside = caller || texts.withheld;
  return direction === 'incoming' ? { from: outside, to: line } : { from: line, to: outside };
}

export function resultOf(call: PresentedCall, texts: PageTexts): Html | string {
  if (call.running) {
    const at = translate(call.at.replace(/^bridge /, ''), texts);
    return html`<span class="good">${texts.running}</span> · ${at}`;
  }
  if (call.outcome === null) return '–';
  const { outcomes } = texts.ofCalls;
  const reason = call.reason === null || call.reason === call.outcome ? '' : ` (${translate(call.reason, texts)})`;
  const mood = call.outcome === 'lost' || call.outcome === 'failed' ? 'bad' : '';
  return html`<span class="${mood}">${outcomes[call.outcome]}</span>${reason}`;
}

export function agentOf({ agent }: PresentedCall, texts: PageTexts): string {
  if (agent === null) return '–';
  return agent.handset ?? agent.number ?? translate(agent.party ?? '', texts);
}

export function endedByOf({ ended_by, direction }: PresentedCall, texts: PageTexts): string {
  return ended_by === null ? '–' : endedByText(ended_by, direction, texts);
}

/** The outside party is the caller only where it called. */
export function endedByText(who: string, direction: PresentedCall['direction'], texts: PageTexts): string {
  if (who === 'caller' && direction === 'outgoing') return texts.ofCalls.called;
  return who === 'fault' ? texts.ofCalls.fault : translate(who, texts);
}

/** @param ms null, or 0: nothing of the kind happened */
export function formatSeconds(ms: number | null, texts: PageTexts): string {
  return ms === null || ms === 0 ? '–' : `${Math.round(ms / 1000)} ${texts.seconds}`;
}
