import type { HttpEffect } from '../telephony/telephony.js';
import { OutboundError, type OutboundClient } from './outbound.js';

/** Sends the HTTP requests that flows request as effects. */
export class EffectSender {
  constructor(private readonly client: OutboundClient) {}

  async send(
    effect: HttpEffect,
    signal?: AbortSignal,
  ): Promise<
    | { status: number; body: string; latencyMs: number; attempts: number }
    | { failed: string; latencyMs: number; attempts: number }
  > {
    const { url, method, body, contentType, connectTimeoutMs, totalTimeoutMs } = effect;
    const headers = { 'content-type': contentType, accept: 'application/json, */*;q=0.5', 'user-agent': 'Cordboard' };
    try {
      // Never retried, so it must not be lost on an idle connection that the other side is closing.
      const limits = { connectTimeoutMs, totalTimeoutMs, reuse: false as const, signal };
      return await this.client.request({ url, method, headers, body, ...limits });
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { failed: `${error.reason}: ${error.detail}`, latencyMs: error.latencyMs, attempts: error.attempts };
    }
  }
}
