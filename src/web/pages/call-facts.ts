import type { PresentedCall } from '../../calls/present.js';
import { html, type Html } from '../../http/html.js';
import { translate, type PageTexts } from '../texts/texts.js';

/** Facts about a call in the reader's language, for the list and the page of calls. */

/** The caller's and the callee's number: the outside party and the line, in the direction of the call. */
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

/** The party that ended the call. The outside party of an outgoing call is the callee. */
export function endedByText(party: string, direction: PresentedCall['direction'], texts: PageTexts): string {
  if (party === 'caller' && direction === 'outgoing') return texts.ofCalls.called;
  return party === 'fault' ? texts.ofCalls.fault : translate(party, texts);
}

/** @param ms null or 0 when it did not happen */
export function formatSeconds(ms: number | null, texts: PageTexts): string {
  return ms === null || ms === 0 ? '–' : `${Math.round(ms / 1000)} ${texts.seconds}`;
}
