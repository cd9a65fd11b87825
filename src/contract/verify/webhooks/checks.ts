import type { CallEventName } from '../../../telephony/domain-events.js';
import { fail, pass, warn, type Check } from '../sheet.js';
import { encrypted, serverErrors, speed } from '../whole.js';
import { deliver, sendWebhook, VerifiedCall, type HookUnderTest } from './caller.js';
import { loginChecks } from './login-checks.js';

const AT_ONCE = 8;
/** Requests time out after this. */
const LIMIT_MS = 5_000;
const IDEMPOTENT = 'recognize an event by its event_id: answer 200, and do nothing the second time';

/** Requirements of a webhook receiver (docs/webhooks.md). */
export const webhookChecks: readonly Check<HookUnderTest>[] = [
  {
    id: 'incoming_call',
    what: 'Every event of a call through a queue is accepted',
    async run(hook) {
      const call = new VerifiedCall(hook);
      const queue = call.place();
      const agent = { handset: 'verify' };
      const answeredAt = Date.now();
      const { line } = hook;
      const setup = { line: { number: line, name: 'Zákaznická linka' }, queues: [], handsets: [] };
      await deliver(hook, call.request('call_started', {}, setup), 'call_started');
      await deliver(hook, call.request('queue_joined', { queue }), 'queue_joined');
      await deliver(hook, call.request('ringing', { queue, agent }), 'ringing');
      await deliver(hook, call.request('answered', { queue, agent, answeredAt }), 'answered');
      await deliver(hook, call.request('queue_left', { queue, agent, answeredAt, result: 'SUCCESS' }), 'queue_left');
      await deliver(hook, call.request('hangup', { agent, answeredAt }), 'hangup');
      return pass();
    },
  },
  {
    id: 'outgoing_call',
    what: 'The events of an outgoing call are accepted',
    async run(hook) {
      const call = new VerifiedCall(hook, { direction: 'outgoing', agent: { handset: 'verify' } });
      await deliver(hook, call.request('call_started'), 'call_started');
      await deliver(hook, call.request('hangup', { result: 'NO_ANSWER' }), 'hangup');
      return pass();
    },
  },
  {
    id: 'withheld_number',
    what: 'The events of a withheld number are accepted',
    async run(hook) {
      const call = new VerifiedCall(hook, { caller: '' });
      await deliver(hook, call.request('call_started'), 'call_started');
      await deliver(hook, call.request('hangup', { result: 'ABANDONED' }), 'hangup');
      return pass();
    },
  },
  {
    id: 'gaps',
    what: 'Events of an unknown call and unused events are accepted',
    async run(hook) {
      const call = new VerifiedCall(hook);
      const result = 'REJECTED';
      await deliver(hook, call.request('hangup', { result }), 'hangup of an unknown call');
      const recording = { id: 'r_verify', url: `${new URL(hook.peer.url).origin}/verify`, durationMs: 1000 };
      await deliver(hook, call.request('recording_ready', { recording, result }), 'recording_ready');
      return pass();
    },
  },
  {
    id: 'unknown_event',
    what: 'An event of a later version is accepted',
    async run(hook) {
      const call = new VerifiedCall(hook);
      // A later version may send it; a refusal would keep it in the backlog for a day.
      await deliver(hook, call.request('verified_later' as CallEventName), 'an unknown event');
      await deliver(hook, call.request('hangup'), 'hangup');
      return pass();
    },
  },
  {
    id: 'repeated',
    what: 'A repeated event is accepted',
    async run(hook) {
      const call = new VerifiedCall(hook);
      const started = call.request('call_started');
      const over = call.request('hangup');
      for (const request of [started, over]) {
        await deliver(hook, request, 'the first time');
        const { status } = await sendWebhook(hook, request);
        if (status < 200 || status > 299) return fail(`the second time: status ${status}`, IDEMPOTENT);
      }
      return pass();
    },
  },
  {
    id: 'side_by_side',
    what: `${AT_ONCE} concurrent requests are accepted`,
    async run(hook) {
      const calls = Array.from({ length: AT_ONCE }, () => new VerifiedCall(hook));
      const tell = (event: CallEventName) =>
        Promise.all(calls.map((call) => deliver(hook, call.request(event), `${event}, ${AT_ONCE} at once`)));
      await tell('call_started');
      await tell('hangup');
      return pass();
    },
  },
  ...loginChecks,
  {
    id: 'malformed',
    what: 'A malformed body is refused without an internal error',
    async run(hook) {
      const request = {
        eventId: 'verify-malformed',
        contentType: 'application/json',
        body: '{"event":"hangup","call_',
      };
      const { status } = await sendWebhook(hook, request);
      if (status < 500) return pass(`status ${status}`);
      hook.peer.serverErrors.delete(status);
      return warn(`status ${status}`, 'validate the body before using it, and answer 400');
    },
  },
  {
    id: 'encrypted',
    what: 'The address is encrypted (https)',
    run: ({ peer }) => encrypted(peer),
  },
  {
    id: 'speed',
    what: 'Every answer arrives in time (within 2 s; after 5 s it is a timeout)',
    run: ({ peer }) => speed(peer, LIMIT_MS * 0.4, 'after 5 seconds an event counts as failed and is sent again'),
  },
  {
    id: 'server_errors',
    what: 'No request got a status of 500 or above',
    run: ({ peer }) => serverErrors(peer),
  },
];
