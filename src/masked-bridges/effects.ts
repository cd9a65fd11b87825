import { AsteriskError, type AsteriskPort } from '../asterisk/port.js';
import { orOutcomeUnknown, type PromptSource } from '../calls/effect-handlers.js';
import type { EffectHandler } from '../kernel/runtime-types.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';
import type { BridgeEffect } from './bridge-step.js';

type Speak = Extract<BridgeEffect, { type: 'speak' }>;
type Media = { media: string[]; durationMs: number } | { refused: string };

export interface SpeakPorts {
  asterisk: Pick<AsteriskPort, 'play'>;
  /** Finds audio; implemented by prompts/. */
  sounds: PromptSource & {
    resolveSound(sound: string, languages: string[], codec: string): Promise<Media>;
  };
  clock: Clock;
}

/** Carries out what a bridge asks for beyond what every call can. */
export function bridgeHandlers({ asterisk, sounds, clock }: SpeakPorts): {
  speak: EffectHandler<Speak, TelephonyEvent>;
} {
  return {
    speak: {
      lane: 'phone',
      async perform({ channelId, playbackId, prompt, sounds: names, languages }) {
        const refuse = (reason: string) => ({ type: 'play_refused' as const, at: clock.now(), playbackId, reason });
        const found = await mediaOf(sounds, prompt, names, languages);
        if ('refused' in found) return refuse(found.refused);
        const refusal = await orOutcomeUnknown(
          asterisk.play({ channelId, playbackId, media: found.media }).then(() => undefined, reasonOf),
        );
        if (refusal !== undefined) return refuse(refusal);
        return { type: 'play_accepted', at: clock.now(), playbackId, durationMs: found.durationMs, prompts: [] };
      },
      recover: ({ playbackId }) => Promise.resolve({ type: 'play_lost', at: clock.now(), playbackId }),
    },
  };
}

/** The company's prompt; where it cannot be had, the shipped sounds. */
async function mediaOf(
  from: SpeakPorts['sounds'],
  prompt: number | null,
  names: string[],
  languages: string[],
): Promise<Media> {
  const own = prompt === null ? undefined : await from.resolve([prompt], languages, '');
  if (own !== undefined && (!('refused' in own) || names.length === 0)) return own;
  let [media, durationMs]: [string[], number] = [[], 0];
  for (const name of names) {
    const one = await from.resolveSound(name, languages, '');
    if ('refused' in one) return one;
    media = [...media, ...one.media];
    durationMs += one.durationMs;
  }
  return { media, durationMs };
}

/** Nobody is there any more to hear it, or Asterisk will not. */
function reasonOf(error: unknown): string {
  if (error instanceof AsteriskError && error.reason !== 'unavailable') return error.message;
  throw error;
}
