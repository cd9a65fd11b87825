import type { AsteriskPort } from '../asterisk/port.js';
import { orOutcomeUnknown } from '../calls/effect-handlers.js';
import type { EffectHandler, Handlers } from '../kernel/runtime-types.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';
import type { LoginChange, FeatureCodeEffect } from './feature-code-flow.js';
import type { OperatorControl } from './operators.js';

type OwnEffect = Extract<FeatureCodeEffect, { type: 'duty' | 'say' }>;

export interface FeatureCodePorts {
  asterisk: Pick<AsteriskPort, 'play'>;
  /** Finds the audio of a shipped sound; implemented by prompts/. */
  sounds: {
    resolveSound(
      sound: string,
      languages: string[],
      codec: string,
    ): Promise<{ media: string[]; durationMs: number } | { refused: string }>;
  };
  operators: OperatorControl;
  clock: Clock;
}

/** Who logged in or out, for the history: whoever held the handset. */
const BY = 'handset';

/** Carries out what a feature code asks for beyond what every call can. */
export function featureCodeHandlers({
  asterisk,
  sounds,
  operators,
  clock,
}: FeatureCodePorts): Handlers<OwnEffect, TelephonyEvent> {
  const change = async ({ handset, change: wish }: Extract<OwnEffect, { type: 'duty' }>) => {
    await orOutcomeUnknown(carryOut(operators, handset, wish));
    return { type: 'duty_done' as const, at: clock.now(), handset };
  };
  const say: EffectHandler<Extract<OwnEffect, { type: 'say' }>, TelephonyEvent> = {
    lane: 'phone',
    async perform({ channelId, playbackId, sound, languages, codec }) {
      const found = await sounds.resolveSound(sound, languages, codec);
      if ('refused' in found) return { type: 'play_refused', at: clock.now(), playbackId, reason: found.refused };
      const { media, durationMs } = found;
      await orOutcomeUnknown(asterisk.play({ channelId, playbackId, media }));
      return { type: 'play_accepted', at: clock.now(), playbackId, durationMs, prompts: [] };
    },
    recover: ({ playbackId }) => Promise.resolve({ type: 'play_lost', at: clock.now(), playbackId }),
  };
  return { duty: { lane: 'phone', perform: change, recover: change }, say };
}

function carryOut(operators: OperatorControl, handset: string, change: LoginChange): Promise<void> {
  switch (change.to) {
    case 'log_in':
      return operators.logIn(handset, undefined, BY);
    case 'log_out':
      return operators.logOut(handset, undefined, BY);
    case 'pause':
      return operators.pause(handset, change.reason, undefined, BY);
    case 'unpause':
      return operators.unpause(handset, undefined, BY);
  }
}
