import type { DialGate, PartyNumberSource, PromptSource, TransferTargetSource } from '../calls/effect-handlers.js';
import type { EffectHandler } from '../kernel/runtime-types.js';
import type { OrderEffect, TelephonyEvent } from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';
import { judgeNumber } from '../directory/dial-rules.js';
import type { Company } from '../company/company.js';

/** Duration in milliseconds of a prompt's audio in a language; undefined without audio. */
export type DurationOf = (prompt: Company['prompts'][number], language: string) => number | undefined;

/** Prompts by duration only; writes the duration of each used medium into `sounds`. */
export function promptSource(company: Company, durationOf: DurationOf, sounds: Map<string, number>): PromptSource {
  const find = (id: number, languages: readonly string[]) => {
    const prompt = company.prompts.find((one) => one.id === id);
    for (const language of prompt === undefined ? [] : languages) {
      const durationMs = prompt && durationOf(prompt, language);
      if (durationMs !== undefined) return { id, language, durationMs, media: `sound:${id}/${language}` };
    }
    return undefined;
  };
  return {
    resolve: (media, languages) => {
      const ids = media.flatMap((medium) => ('prompt' in medium ? [medium.prompt] : []));
      if (ids.length < media.length) return Promise.resolve({ refused: 'shipped sounds are not simulated' });
      const found = ids.map((id) => find(id, languages));
      const missing = ids.find((_, index) => found[index] === undefined);
      if (missing !== undefined) return Promise.resolve({ refused: `there is no prompt ${missing} to play` });
      const heard = found.filter((one) => one !== undefined);
      for (const { media, durationMs } of heard) sounds.set(media, durationMs);
      return Promise.resolve({
        media: heard.map(({ media }) => media),
        durationMs: heard.reduce((sum, one) => sum + one.durationMs, 0),
        played: heard.map(({ id, language }) => ({ id, language, sha256: '' })),
      });
    },
  };
}

/** The dial policy without its limits, which need the calls of the day. Reads the company again for every dial, like the policy. */
export function dialGate(company: Company): DialGate {
  return {
    check: ({ to, callerId }) => {
      const { dial_policy, country, handsets } = company;
      if ('handset' in to) {
        const known = handsets.some(({ name }) => name === to.handset);
        return Promise.resolve(
          known
            ? { allowed: true, endpoint: `PJSIP/${to.handset}`, callerId }
            : { allowed: false, reason: 'there is no such handset' },
        );
      }
      const verdict = judgeNumber(to.number, dial_policy, country);
      return Promise.resolve(
        verdict.allowed ? { allowed: true, endpoint: `PJSIP/${verdict.digits}@trunk`, callerId } : verdict,
      );
    },
    release: () => Promise.resolve(),
    routeOf: () => Promise.resolve(undefined),
  };
}

/** A party of any order, with a number that does not exist. */
export const someParties: PartyNumberSource = { numberOf: () => Promise.resolve('+420601000000') };

/** No digits are a target. */
export const noTargets: TransferTargetSource = { find: () => ({ to: null, reason: 'transfers are not simulated' }) };

/** @param status of the caller's only order; undefined: no order */
export function simulatedOrders(status: string | undefined, clock: Clock): EffectHandler<OrderEffect, TelephonyEvent> {
  const perform = ({ id: effectId, among }: OrderEffect): Promise<TelephonyEvent> => {
    const order = { id: 'simulated', role: 'client' as const, status: status ?? null, hasOther: true, says: [] };
    const orders = status === undefined || among === 'pair' ? [] : [order];
    return Promise.resolve({ type: 'orders_found', at: clock.now(), effectId, orders });
  };
  return { lane: 'outside', perform, recover: perform };
}
