import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AsteriskErrorReason, ChannelSnapshot } from '../../../src/asterisk/port.js';
import { AsteriskError } from '../../../src/asterisk/port.js';
import type { QueueAccount, QueueVisit } from '../../../src/asterisk/queue-port.js';
import { EventLog } from './harness.js';
import type { Caller, Staffed, ConformanceHarness } from './harness.js';

/** Checks an implementation of AsteriskPort against the contract of port.ts. */
export function conformance(name: string, makeHarness: () => Promise<ConformanceHarness>): void {
  describe(`${name} keeps the contract of the Asterisk port`, () => {
    let harness: ConformanceHarness;
    let events: EventLog;
    let lastNumber = 0;
    const uniqueId = (prefix: string) => `${prefix}-${++lastNumber}`;
    const legId = () => uniqueId('leg~');

    beforeAll(async () => {
      harness = await makeHarness();
      events = new EventLog(harness);
      if (!harness.port.usable) await events.one('link_up');
    });
    afterAll(() => harness.close());

    const newCall = async (): Promise<{ caller: Caller; channel: ChannelSnapshot; args: string[]; id: string }> => {
      const from = `4206000${String(++lastNumber).padStart(5, '0')}`;
      const [caller, { channel, args }] = await Promise.all([harness.incomingCall(from), events.entered(from)]);
      return { caller, channel, args, id: channel.id };
    };
    const answeredCall = async () => {
      const call = await newCall();
      await harness.port.answer(call.id);
      await events.one('channel_answered', { channelId: call.id });
      return call;
    };
    const dialled = async (endpoint: string, timeoutS = 5) => {
      const channelId = legId();
      await harness.port.dial({ channelId, endpoint, timeoutS });
      return channelId;
    };
    const answeredLeg = async () => {
      const channelId = await dialled(harness.callees.answers);
      await events.one('channel_answered', { channelId });
      return channelId;
    };
    const listed = async (id: string) => (await harness.port.listChannels()).find((channel) => channel.id === id);
    const members = async (bridgeId: string) =>
      (await harness.port.listBridges()).find((bridge) => bridge.id === bridgeId)?.channelIds.sort();
    const fails = async (request: Promise<unknown>, reason: AsteriskErrorReason) => {
      const error: unknown = await request.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(AsteriskError);
      expect(error).toMatchObject({ reason });
    };
    const goneOnce = async (channelId: string) => {
      const gone = await events.one('channel_gone', { channelId });
      await harness.settle();
      expect(events.all('channel_gone', { channelId })).toHaveLength(1);
      expect(events.all('channel_left', { channelId })).toHaveLength(0);
      return gone;
    };

    const becomes = async (so: () => boolean | Promise<boolean>) => {
      for (let left = 50; !(await so()); left -= 1) {
        if (left === 0) throw new Error('it did not become so');
        await harness.settle();
      }
    };
    /** Samples of a recording: the number in its header, and the number in the file. */
    const samplesIn = async (recordingId: string) => {
      const { bytes, content } = await harness.port.recordings.read(recordingId);
      const file = Buffer.concat((await content.toArray()) as Buffer[]);
      expect(file.length).toBe(bytes);
      expect(file.toString('latin1', 0, 4)).toBe('RIFF');
      return { declared: file.readUInt32LE(40) / 2, found: (file.length - 44) / 2 };
    };

    it('is usable once the link is up, and reports no problem', () => {
      expect(harness.port.usable).toBe(true);
      expect(harness.port.linkErrors).toEqual({});
    });

    describe('an incoming call', () => {
      it('enters with its numbers and arguments, and is listed with them', async () => {
        const { channel, args, id, caller } = await newCall();
        expect(channel.dialled).toBe(harness.line);
        expect(channel.state).toBe('ringing');
        expect(args.length).toBeGreaterThan(0);
        expect(channel.appArgs).toEqual(args);
        expect(await listed(id)).toEqual(channel);
        await caller.hangUp();
      });

      it('is answered; answering again does nothing', async () => {
        const { id } = await answeredCall();
        await harness.port.answer(id);
        await harness.settle();
        expect(events.all('channel_answered', { channelId: id })).toHaveLength(1);
        expect((await listed(id))?.state).toBe('up');
        await harness.port.hangUp(id);
      });

      it('reports its digits in order', async () => {
        const { id, caller } = await answeredCall();
        await caller.press('12#*07');
        await events.one('digit', { channelId: id }, 6);
        const digits = events.all('digit', { channelId: id });
        expect(digits.map(({ digit }) => digit).join('')).toBe('12#*07');
        expect(digits.every(({ durationMs }) => durationMs > 0)).toBe(true);
        await harness.port.hangUp(id);
      });

      it('starts and stops ringing', async () => {
        const { id } = await answeredCall();
        await harness.port.startRinging(id);
        await harness.port.stopRinging(id);
        await harness.port.hangUp(id);
        await fails(harness.port.startRinging(id), 'gone');
      });

      it('accepts variables until it is gone', async () => {
        const { id } = await answeredCall();
        await harness.port.setVariable(id, 'A', '1');
        await harness.port.hangUp(id);
        await events.one('channel_gone', { channelId: id });
        await fails(harness.port.setVariable(id, 'A', '1'), 'gone');
      });

      it('renews its lease at once while a prompt plays, until it is gone', async () => {
        const { id } = await answeredCall();
        await harness.port.play({ channelId: id, playbackId: `${id}~p1`, media: [harness.media.long] });
        await events.one('playback_started', { playbackId: `${id}~p1` });
        await harness.port.renewLease(id, 60);
        await harness.port.ping();
        expect(events.all('playback_finished', { channelId: id })).toEqual([]);
        await harness.port.hangUp(id);
        await events.one('channel_gone', { channelId: id });
        await fails(harness.port.renewLease(id, 60), 'gone');
      });

      it('ends once when the caller gives up before the answer', async () => {
        const { id, caller } = await newCall();
        await caller.hangUp();
        await goneOnce(id);
        await fails(harness.port.answer(id), 'gone');
        expect(await listed(id)).toBeUndefined();
      });

      it('ends once when the caller hangs up', async () => {
        const { id, caller } = await answeredCall();
        await caller.hangUp();
        expect(await goneOnce(id)).toMatchObject({ cause: 'normal', q850: 16 });
      });

      it('ends once when the gateway hangs up; hanging up again does nothing', async () => {
        const { id } = await answeredCall();
        await harness.port.hangUp(id);
        expect(await goneOnce(id)).toMatchObject({ cause: 'normal', q850: 16 });
        await harness.port.hangUp(id);
        await harness.port.hangUp('never-was');
      });

      it('continues in the dialplan, uncontrolled but still listed', async () => {
        const { id } = await answeredCall();
        await harness.port.continueTo(id, harness.place);
        await events.one('channel_left', { channelId: id });
        expect(await listed(id)).toMatchObject({ state: 'up' });
        expect((await listed(id))?.appArgs).toBeUndefined();
        await fails(
          harness.port.play({ channelId: id, playbackId: uniqueId('p'), media: [harness.media.short] }),
          'conflict',
        );
        await fails(harness.port.renewLease(id, 60), 'gone');
        await harness.port.hangUp(id);
        await events.one('channel_gone', { channelId: id });
        await harness.settle();
        expect(events.of(id).slice(-2)).toEqual(['channel_left', 'channel_gone']);
      });
    });

    describe('a playback', () => {
      it('starts, is listed while it plays, and finishes', async () => {
        const { id } = await answeredCall();
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: id, playbackId, media: [harness.media.short] });
        await events.one('playback_started', { playbackId, channelId: id });
        expect(await harness.port.playbackExists(playbackId)).toBe(true);
        await events.one('playback_finished', { playbackId, channelId: id, failed: false });
        await harness.settle();
        expect(await harness.port.playbackExists(playbackId)).toBe(false);
        await harness.port.hangUp(id);
      });

      it('of several media starts once and finishes once', async () => {
        const { id } = await answeredCall();
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: id, playbackId, media: [harness.media.short, harness.media.short] });
        await events.one('playback_finished', { playbackId, failed: false });
        expect(events.all('playback_started', { playbackId })).toHaveLength(1);
        expect(events.all('playback_finished', { playbackId })).toHaveLength(1);
        await harness.port.hangUp(id);
      });

      it('is stopped; stopping it again does nothing', async () => {
        const { id } = await answeredCall();
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: id, playbackId, media: [harness.media.long] });
        await events.one('playback_started', { playbackId });
        await harness.port.stopPlayback(playbackId);
        await events.one('playback_finished', { playbackId, failed: false });
        await harness.port.stopPlayback(playbackId);
        await harness.port.stopPlayback('never-was');
        await harness.port.hangUp(id);
      });

      it('waits for the one before it', async () => {
        const { id } = await answeredCall();
        const [first, second] = [uniqueId('p'), uniqueId('p')];
        await harness.port.play({ channelId: id, playbackId: first, media: [harness.media.long] });
        await harness.port.play({ channelId: id, playbackId: second, media: [harness.media.short] });
        await events.one('playback_started', { playbackId: first });
        expect(events.all('playback_started', { playbackId: second })).toHaveLength(0);
        expect(await harness.port.playbackExists(second)).toBe(true);
        await harness.port.stopPlayback(first);
        await events.one('playback_finished', { playbackId: second, failed: false });
        await harness.port.hangUp(id);
      });

      it('of a missing file fails', async () => {
        const { id } = await answeredCall();
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: id, playbackId, media: [harness.media.missing] });
        await events.one('playback_finished', { playbackId, failed: true });
        await harness.port.hangUp(id);
      });

      it('is fetched before a call needs it, without events', async () => {
        await harness.settle();
        const from = events.count;
        await harness.port.fetchMedia(harness.media.long);
        await harness.port.fetchMedia(harness.media.short);
        await fails(harness.port.fetchMedia(harness.media.missing), 'refused');
        await harness.port.fetchMedia(harness.media.short);
        await harness.settle();
        expect(events.count).toBe(from);
        expect(await harness.port.listBridges()).toEqual([]);
        expect(await harness.port.listChannels()).toEqual([]);
      });

      it('fails when its channel ends, after the channel', async () => {
        const { id, caller } = await answeredCall();
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: id, playbackId, media: [harness.media.long] });
        await events.one('playback_started', { playbackId });
        await caller.hangUp();
        await events.one('playback_finished', { playbackId, failed: true });
        expect(events.of(id).slice(-2)).toEqual(['channel_gone', 'playback_finished']);
      });

      it('is refused on a channel that is gone', async () => {
        await fails(
          harness.port.play({ channelId: 'never-was', playbackId: uniqueId('p'), media: [harness.media.short] }),
          'gone',
        );
      });
    });

    describe('a dialled leg', () => {
      it('rings and is answered, without entering; ends when the far end hangs up', async () => {
        const channelId = await dialled(harness.callees.answers);
        await events.one('channel_answered', { channelId });
        expect(events.of(channelId)).toEqual(['channel_ringing', 'channel_answered']);
        expect(await listed(channelId)).toMatchObject({ state: 'up', appArgs: ['dialled'] });
        await harness.calleeHangsUp(channelId);
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'normal' });
        expect(events.of(channelId)).not.toContain('channel_entered');
      });

      it('reports busy', async () => {
        const channelId = await dialled(harness.callees.busy);
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'busy', q850: 17 });
        expect(await listed(channelId)).toBeUndefined();
      });

      it('reports a decline', async () => {
        const channelId = await dialled(harness.callees.declines);
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'rejected', q850: 21 });
      });

      it('reports a refusal of the provider, different from a decline', async () => {
        const channelId = await dialled(harness.callees.refusedByProvider);
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'provider_refused', q850: 21, sipStatus: 403 });
      });

      it('reports a number that does not exist', async () => {
        const channelId = await dialled(harness.callees.noSuchNumber);
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'no_such_number', q850: 1, sipStatus: 404 });
      });

      it('reports no answer in time', async () => {
        const channelId = await dialled(harness.callees.ignores, 1);
        await events.one('channel_ringing', { channelId });
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'no_answer', q850: 19 });
      });

      it('reports progress of the far end, which does not ring yet', async () => {
        const channelId = await dialled(harness.callees.announces, 1);
        await events.one('channel_progress', { channelId });
        await goneOnce(channelId);
        expect(events.of(channelId)).toEqual(['channel_progress', 'channel_gone']);
      });

      it('is cancelled while it rings', async () => {
        const channelId = await dialled(harness.callees.ignores);
        await events.one('channel_ringing', { channelId });
        await harness.port.hangUp(channelId);
        expect(await goneOnce(channelId)).toMatchObject({ cause: 'normal' });
        expect(events.of(channelId)).not.toContain('channel_answered');
      });

      it('is refused without a target: no such endpoint, or no registered phone', async () => {
        await harness.port.putHandset(handset('nobody-home'));
        for (const name of ['no-such', 'nobody-home']) {
          const channelId = legId();
          await fails(harness.port.dial({ channelId, endpoint: `PJSIP/${name}`, timeoutS: 5 }), 'refused');
          await harness.settle();
          expect(events.of(channelId)).toEqual([]);
        }
        await harness.port.removeHandset('nobody-home');
      });

      it('cannot reuse the id of another', async () => {
        const channelId = await dialled(harness.callees.ignores);
        await fails(harness.port.dial({ channelId, endpoint: harness.callees.ignores, timeoutS: 5 }), 'conflict');
        await harness.port.hangUp(channelId);
      });
    });

    describe('answering machine detection', () => {
      const listenedTo = async (endpoint: string, waits = false) => {
        const id = await dialled(endpoint);
        await events.one('channel_answered', { channelId: id });
        const visitId = `${id}-d`;
        await harness.port.detectMachine({ channelId: id, visitId, waits });
        return { id, visitId };
      };
      const back = ({ id, visitId }: { id: string; visitId: string }) =>
        harness.until(
          () => events.all('channel_entered').find(({ channel, args }) => channel.id === id && args[1] === visitId),
          () => `${id} did not come back`,
        );

      it('reports a silent callee as unknown after a while', async () => {
        const leg = await listenedTo(harness.callees.answers);
        await events.one('channel_left', { channelId: leg.id });
        expect((await listed(leg.id))?.appArgs).toBeUndefined();
        const { args } = await back(leg);
        expect(args[0]).toBe('detected');
        expect(['HUMAN', 'NOTSURE']).toContain(args[2]);
        expect((await listed(leg.id))?.appArgs).toEqual(args);
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: leg.id, playbackId, media: [harness.media.short] });
        await events.one('playback_finished', { playbackId, failed: false });
        await harness.port.hangUp(leg.id);
        await goneAfterwards(leg.id);
      });

      it('reports a machine at once, or after its greeting', async () => {
        const [declared, spoken] = [
          await listenedTo(harness.callees.machine),
          await listenedTo(harness.callees.machine, true),
        ];
        const first = await back(declared);
        const second = await back(spoken);
        expect([first.args[2], second.args[2]]).toEqual(['MACHINE', 'MACHINE']);
        expect(second.at).toBeGreaterThan(first.at);
        for (const { id } of [declared, spoken]) await harness.port.hangUp(id);
      });

      it('reports nothing for a callee who hangs up meanwhile', async () => {
        const leg = await listenedTo(harness.callees.answers);
        await events.one('channel_left', { channelId: leg.id });
        await harness.calleeHangsUp(leg.id);
        await goneAfterwards(leg.id);
        expect(events.of(leg.id)).not.toContain('channel_entered');
      });

      it('is refused on a channel that is gone', async () => {
        await fails(harness.port.detectMachine({ channelId: 'never-was', visitId: 'd', waits: false }), 'gone');
      });

      const goneAfterwards = async (channelId: string) => {
        await events.one('channel_gone', { channelId });
        await harness.settle();
        expect(events.all('channel_gone', { channelId })).toHaveLength(1);
      };
    });

    describe('a snoop', () => {
      const snooped = async (channelId: string, whisper: 'none' | 'in' | 'out' | 'both', spies: boolean) => {
        const snoopId = uniqueId('snoop~');
        await harness.port.snoop({ channelId, snoopId, whisper, spies });
        return snoopId;
      };

      it('is a channel that reports only its end, which comes with the end of the observed channel', async () => {
        const { id, caller } = await answeredCall();
        const snoopId = await snooped(id, 'none', true);
        await harness.port.snoop({ channelId: id, snoopId, whisper: 'none', spies: true });
        expect((await listed(snoopId))?.appArgs).toEqual(['dialled']);
        const leg = await answeredLeg();
        const bridgeId = uniqueId('b');
        await harness.port.createBridge(bridgeId);
        await harness.port.addToBridge(bridgeId, [leg, snoopId]);
        await expect.poll(() => members(bridgeId)).toEqual([leg, snoopId].sort());
        expect(events.of(snoopId)).toEqual([]);
        await caller.hangUp();
        await goneOnce(snoopId);
        expect(events.of(snoopId)).toEqual(['channel_gone']);
        await harness.port.hangUp(leg);
      });

      it('plays prompts, also beside a channel in the dialplan, and hangs up alone', async () => {
        const { id } = await answeredCall();
        await harness.port.continueTo(id, harness.place);
        await events.one('channel_left', { channelId: id });
        const snoopId = await snooped(id, 'both', false);
        const playbackId = uniqueId('p');
        await harness.port.play({ channelId: snoopId, playbackId, media: [harness.media.short] });
        await events.one('playback_finished', { playbackId, channelId: snoopId, failed: false });
        await harness.port.hangUp(snoopId);
        await goneOnce(snoopId);
        expect(await listed(id)).toMatchObject({ state: 'up' });
        await harness.port.hangUp(id);
      });

      it('is refused beside a channel that is gone', async () => {
        await fails(snooped('never-was', 'none', true), 'gone');
      });
    });

    describe('a bridge', () => {
      it('joins channels, passes their digits, and leaves them alive when it ends', async () => {
        const { id, caller } = await answeredCall();
        const leg = await answeredLeg();
        const bridgeId = uniqueId('b');
        await harness.port.createBridge(bridgeId);
        await harness.port.createBridge(bridgeId);
        await harness.port.addToBridge(bridgeId, [id]);
        await harness.port.addToBridge(bridgeId, [id, leg]);
        await harness.port.addToBridge(bridgeId, [leg, id]);
        await harness.until(
          () => events.all('channel_answered', { channelId: leg })[0],
          () => 'leg',
        );
        // Asterisk adds the channels asynchronously.
        await expect.poll(() => members(bridgeId)).toEqual([id, leg].sort());
        await caller.press('5');
        await events.one('digit', { channelId: id, digit: '5' });
        await harness.port.destroyBridge(bridgeId);
        await harness.port.destroyBridge(bridgeId);
        expect(await members(bridgeId)).toBeUndefined();
        await harness.settle();
        expect(await listed(id)).toMatchObject({ state: 'up' });
        expect((await listed(leg))?.appArgs).toEqual(['dialled']);
        await Promise.all([harness.port.hangUp(id), harness.port.hangUp(leg)]);
      });

      it('may be destroyed by several requests at once', async () => {
        for (let round = 0; round < 20; round += 1) {
          const bridgeId = uniqueId('b');
          await harness.port.createBridge(bridgeId);
          await Promise.all([1, 2, 3, 4].map(() => harness.port.destroyBridge(bridgeId)));
          // Asterisk lists it until the last of the requests has let it go.
          await expect.poll(() => members(bridgeId)).toBeUndefined();
        }
      });

      it('loses a member that hangs up', async () => {
        const { id, caller } = await answeredCall();
        const leg = await answeredLeg();
        const bridgeId = uniqueId('b');
        await harness.port.createBridge(bridgeId);
        await harness.port.addToBridge(bridgeId, [id, leg]);
        await caller.hangUp();
        await events.one('channel_gone', { channelId: id });
        await harness.settle();
        await expect.poll(() => members(bridgeId)).toEqual([leg]);
        await harness.port.destroyBridge(bridgeId);
        await harness.port.hangUp(leg);
      });

      it('refuses members that are gone, and any member when it is gone itself', async () => {
        const { id } = await answeredCall();
        const bridgeId = uniqueId('b');
        await fails(harness.port.addToBridge(bridgeId, [id]), 'gone');
        await harness.port.createBridge(bridgeId);
        await fails(harness.port.addToBridge(bridgeId, ['never-was']), 'gone');
        await fails(harness.port.addToBridge(bridgeId, [id, 'never-was']), 'gone');
        await expect.poll(() => members(bridgeId)).toEqual([]);
        await harness.port.destroyBridge(bridgeId);
        await harness.port.destroyBridge('never-was');
        await harness.port.hangUp(id);
      });
    });

    describe('a recording', () => {
      const talk = async () => {
        const { id, caller } = await answeredCall();
        const leg = await answeredLeg();
        const bridgeId = uniqueId('b');
        await harness.port.createBridge(bridgeId);
        await harness.port.addToBridge(bridgeId, [id, leg]);
        const recordingId = `${id}~r1`;
        const over = () =>
          Promise.all([harness.port.destroyBridge(bridgeId), harness.port.hangUp(leg), caller.hangUp()]);
        return { bridgeId, recordingId, over };
      };
      it('of a bridge starts once, stops, is listed, read and removed', async () => {
        const { recordingId, bridgeId, over } = await talk();
        expect(await harness.port.recordings.list()).not.toContain(recordingId);
        await harness.port.recordings.start({ recordingId, bridgeId });
        await events.one('recording_started', { recordingId });
        await harness.settle();
        await harness.port.recordings.start({ recordingId, bridgeId });
        expect(await harness.port.recordings.list()).toContain(recordingId);
        await harness.port.recordings.stop(recordingId);
        await harness.port.recordings.stop(recordingId);
        const { durationMs } = await events.one('recording_finished', { recordingId });
        expect(durationMs).toBeGreaterThanOrEqual(0);
        await harness.settle();
        const samples = await samplesIn(recordingId);
        expect(samples.declared).toBe(samples.found);
        expect(samples.found).toBeGreaterThan(0);
        expect(events.all('recording_started', { recordingId })).toHaveLength(1);
        await harness.port.recordings.remove(recordingId);
        await harness.port.recordings.remove(recordingId);
        expect(await harness.port.recordings.list()).not.toContain(recordingId);
        await fails(harness.port.recordings.read(recordingId), 'gone');
        await over();
      });

      it('of what a caller says starts once, and not outside of the application', async () => {
        const { id, caller } = await answeredCall();
        const request = { recordingId: `${id}~r1`, channelId: id, maxS: 30, silenceS: 30 };
        const { recordingId } = request;
        await harness.port.recordings.startMessage(request);
        await events.one('recording_started', { recordingId });
        await harness.port.recordings.startMessage(request);
        expect(events.all('recording_started', { recordingId })).toHaveLength(1);
        await harness.port.recordings.stop(recordingId);
        await harness.settle();
        await harness.port.recordings.startMessage(request);
        await harness.port.recordings.remove(recordingId);
        await harness.port.continueTo(id, harness.place);
        await harness.settle();
        await fails(harness.port.recordings.startMessage(request), 'conflict');
        await caller.hangUp();
      });

      it('ends with its bridge', async () => {
        const { recordingId, bridgeId, over } = await talk();
        await harness.port.recordings.start({ recordingId, bridgeId });
        await events.one('recording_started', { recordingId });
        await harness.settle();
        expect((await samplesIn(recordingId)).declared).toBe(0);
        await over();
        await becomes(async () => (await samplesIn(recordingId)).declared > 0);
        await harness.port.recordings.stop(recordingId);
        await harness.port.recordings.remove(recordingId);
      });

      it('of a bridge that is gone does not start', async () => {
        await fails(harness.port.recordings.start({ recordingId: 'x~r1', bridgeId: 'never-was' }), 'gone');
        await harness.port.recordings.stop('never-was~r1');
      });

      it('that Asterisk could not finish stays, without its length', async () => {
        const { recordingId, bridgeId } = await talk();
        const ups = events.all('link_up').length;
        await harness.port.recordings.start({ recordingId, bridgeId });
        await events.one('recording_started', { recordingId });
        // Asterisk writes to the disk every 2 s of sound.
        for (let more = 0; more < 8; more += 1) await harness.settle();
        await harness.restartAsterisk();
        await events.one('link_up', {}, ups + 1);
        const { declared, found } = await samplesIn(recordingId);
        expect(declared).toBe(0);
        expect(found).toBeGreaterThan(0);
        await harness.port.recordings.remove(recordingId);
      });
    });

    it('the number of new messages of a handset is set, again and again; not of something else', async () => {
      await Promise.all([0, 3, 12_345].map((count) => harness.port.putNewMessages('conf-lamp', count)));
      await fails(harness.port.putNewMessages('a/b', 1), 'refused');
    });

    describe('handsets', () => {
      it('are created, changed, listed and removed', async () => {
        await harness.port.putHandset(handset('conf-a'));
        await harness.port.putHandset({ ...handset('conf-b'), displayName: 'Žofie "Sklad" \\ 📦', language: 'ru' });
        await harness.port.putHandset({ ...handset('conf-a'), displayName: 'Somebody else' });
        expect(await harness.port.listHandsets()).toEqual(['conf-a', 'conf-b']);
        await harness.port.removeHandset('conf-a');
        await harness.port.removeHandset('conf-a');
        await harness.port.removeHandset('never-was');
        expect(await harness.port.listHandsets()).toEqual(['conf-b']);
        await harness.port.removeHandset('conf-b');
        expect(await harness.port.listHandsets()).toEqual([]);
      });

      it('are found unchanged all at once', async () => {
        const [a, b] = [handset('conf-g'), { ...handset('conf-h'), displayName: 'Žofie "Sklad": \\ 📦', webrtc: true }];
        expect(await harness.port.currentHandsets([a, b])).toEqual(new Set());
        for (const account of [a, b]) await harness.port.putHandset(account);
        expect(await harness.port.currentHandsets([a, b])).toEqual(new Set([a.name, b.name]));
        expect(await harness.port.currentHandsets([a, { ...b, language: 'ru' }])).toEqual(new Set([a.name]));
        expect(await harness.port.currentHandsets([{ ...a, password: 'another' }, b])).toEqual(new Set([b.name]));
        for (const { name } of [a, b]) await harness.port.removeHandset(name);
        expect(await harness.port.currentHandsets([a, b])).toEqual(new Set());
      });

      it('report unknown, offline or online', async () => {
        const account = handset('conf-c');
        expect(await harness.port.endpointState(account.name)).toBe('unknown');
        await harness.port.putHandset(account);
        expect(await harness.port.endpointState(account.name)).toBe('offline');
        const unregister = await harness.register(account);
        expect(await harness.port.endpointState(account.name)).toBe('online');
        await unregister();
        expect(await harness.port.endpointState(account.name)).toBe('offline');
        await harness.port.removeHandset(account.name);
      });

      it('change their password', async () => {
        const account = handset('conf-d');
        await harness.port.putHandset(account);
        await harness.port.putHandset({ ...account, password: 'another' });
        await expect(harness.register(account)).rejects.toThrow();
        await (
          await harness.register({ ...account, password: 'another' })
        )();
        await harness.port.removeHandset(account.name);
        await expect(harness.register({ ...account, password: 'another' })).rejects.toThrow();
      });

      it('lose their phones with their password', async () => {
        const account = handset('conf-p');
        await harness.port.putHandset(account);
        await harness.register(account);
        await harness.port.putHandset({ ...account, displayName: 'The same password' });
        expect(await harness.port.endpointState(account.name)).toBe('online');
        await harness.port.putHandset({ ...account, password: 'another' });
        await events.one('handset_state', { handset: account.name, registered: false });
        expect(await harness.port.endpointState(account.name)).toBe('offline');
        expect(await phonesOf(account.name)).toEqual([]);
        await harness.port.removeHandset(account.name);
      });

      it('accept phones up to their limit, and list them', async () => {
        const account = { ...handset('conf-s'), maxContacts: 2 };
        await harness.port.putHandset(account);
        expect(await phonesOf(account.name)).toEqual([]);
        const first = await harness.register(account);
        await events.one('handset_state', { handset: account.name, registered: true });
        const second = await harness.register(account);
        const phones = await phonesOf(account.name);
        const phone = {
          handset: account.name,
          userAgent: 'test phone',
          address: expect.stringMatching(/^[\d.]+:\d+$/) as string,
        };
        expect(phones).toEqual([expect.objectContaining(phone), expect.objectContaining(phone)]);
        expect(new Set(phones.map(({ address }) => address)).size).toBe(2);
        expect(phones[0]?.expiresAt).toBeGreaterThan(phones[1]!.expiresAt - 60_000);
        expect(events.all('handset_contacts', { handset: account.name }).length).toBeGreaterThan(1);
        await first();
        expect(await phonesOf(account.name)).toHaveLength(1);
        expect(events.all('handset_state', { handset: account.name, registered: false })).toEqual([]);
        await second();
        await harness.port.removeHandset(account.name);
      });

      it('replace the oldest phone by a new one at the limit', async () => {
        const account = handset('conf-o');
        await harness.port.putHandset(account);
        await harness.register(account);
        const [before] = await phonesOf(account.name);
        const unregister = await harness.register(account);
        const after = await phonesOf(account.name);
        expect(after).toHaveLength(1);
        expect(after[0]?.address).not.toBe(before?.address);
        await unregister();
        expect(await harness.port.endpointState(account.name)).toBe('offline');
        await harness.port.removeHandset(account.name);
      });

      const phonesOf = async (name: string) =>
        (await harness.port.listContacts()).filter((contact) => contact.handset === name);

      it('can be used by browsers and again by phones', async () => {
        const account = handset('conf-w');
        await harness.port.putHandset({ ...account, webrtc: true });
        await harness.port.putHandset(account);
        const unregister = await harness.register(account);
        await unregister();
        await harness.port.removeHandset(account.name);
      });

      it('are refused with a name or text that could be injected into other settings', async () => {
        await fails(harness.port.putHandset(handset('777888999')), 'refused');
        await fails(harness.port.putHandset(handset('a/b')), 'refused');
        await fails(harness.port.putHandset({ ...handset('conf-e'), displayName: 'A\nB' }), 'refused');
        await fails(harness.port.putHandset({ ...handset('conf-e'), password: '' }), 'refused');
        await fails(harness.port.putHandset({ ...handset('conf-e'), maxContacts: 0 }), 'refused');
        expect(await harness.port.listHandsets()).toEqual([]);
      });
    });

    describe('queues', () => {
      const account = handset('conf-q');
      const other = handset('conf-r');
      afterEach(async () => {
        await harness.port.putQueues([]);
        for (const { name } of [account, other]) await harness.port.removeHandset(name);
      });

      const enqueued = async (more: Partial<QueueVisit> = {}, known?: Awaited<ReturnType<typeof answeredCall>>) => {
        const call = known ?? (await answeredCall());
        const visitId = `${call.id}~q1`;
        const visit = { visitId, queue: 7, waitS: 60, exitKey: null, once: false, shownNumber: null, ...more };
        await harness.port.enqueue({ channelId: call.id, ...visit });
        await events.one('channel_left', { channelId: call.id });
        return { ...call, visitId };
      };
      const back = async ({ id, visitId }: { id: string; visitId: string }) => {
        const entered = () =>
          events.all('channel_entered').find(({ channel, args }) => channel.id === id && args[1] === visitId);
        const { args } = await harness.until(entered, () => `${id} did not come back`);
        expect(args.slice(0, 2)).toEqual(['resume', visitId]);
        expect((await listed(id))?.appArgs).toEqual(args);
        return args[2];
      };
      const waiting = async () =>
        (await harness.port.listQueues()).find(({ id }) => id === 7)?.waiting.map(({ channelId }) => channelId);
      const active = { paused: false, pauseReason: '' };
      const staffed = async (does: 'answers' | 'ignores' | 'refuses', at = account) => {
        await harness.port.putHandset(at);
        return harness.staff(at, does);
      };

      it('are created, changed and removed', async () => {
        await harness.port.putQueues([queue(7), queue(3, { strategy: 'linear', handsets: ['b1', 'a1', 'c1'] })]);
        const member = (name: string) => ({ handset: name, state: 'unavailable', ...active, lastCallAt: null });
        const members = (...names: string[]) => names.map(member);
        expect(await harness.port.listQueues()).toEqual([
          { id: 3, strategy: 'linear', weight: 0, maxLength: 0, members: members('b1', 'a1', 'c1'), waiting: [] },
          { id: 7, strategy: 'ringall', weight: 0, maxLength: 0, members: members('conf-q'), waiting: [] },
        ]);
        await harness.port.putQueues([
          queue(3, { strategy: 'linear', handsets: ['c1', 'b1'], weight: 5, maxLength: 9 }),
        ]);
        expect(await harness.port.listQueues()).toEqual([
          { id: 3, strategy: 'linear', weight: 5, maxLength: 9, members: members('c1', 'b1'), waiting: [] },
        ]);
        await harness.port.putQueues([]);
        expect(await harness.port.listQueues()).toEqual([]);
      });

      it('are refused with text that could be injected into other settings', async () => {
        await fails(harness.port.putQueues([queue(7, { handsets: ['a&b'] })]), 'refused');
        await fails(harness.port.putQueues([queue(7, { weight: -1 })]), 'refused');
        expect(await harness.port.listQueues()).toEqual([]);
      });

      const membersOf = async () => (await harness.port.listQueues()).find(({ id }) => id === 7)?.members;

      it('log handsets out and in, pause and unpause them, across a change of the queue', async () => {
        await harness.port.putQueues([queue(7, { handsets: ['conf-q', 'conf-r'] })]);
        await harness.port.removeMember(7, 'conf-q');
        await harness.port.removeMember(7, 'conf-q');
        await events.one('queue_member_gone', { queue: 7, handset: 'conf-q' });
        expect(await membersOf()).toMatchObject([{ handset: 'conf-r', ...active }]);
        await harness.port.pauseMember(7, 'conf-r', 'oběd');
        await harness.until(
          () => events.all('queue_member').find(({ member }) => member.paused && member.pauseReason === 'oběd'),
          () => 'no event of the pause',
        );
        await harness.port.addMember(7, 'conf-q');
        await harness.port.addMember(7, 'conf-q');
        await fails(harness.port.pauseMember(7, 'nobody', ''), 'refused');
        const paused = { handset: 'conf-r', paused: true, pauseReason: 'oběd' };
        await harness.port.putQueues([queue(7, { handsets: ['conf-q', 'conf-r'], weight: 4 })]);
        expect(await membersOf()).toEqual(
          expect.arrayContaining([
            expect.objectContaining(paused),
            expect.objectContaining({ handset: 'conf-q', ...active }),
          ]),
        );
        await harness.port.pauseMember(7, 'conf-r', 'porada');
        expect(await membersOf()).toContainEqual(expect.objectContaining({ ...paused, pauseReason: 'porada' }));
        await harness.port.pauseMember(7, 'conf-r', undefined);
        await harness.port.pauseMember(7, 'conf-r', undefined);
        expect(await membersOf()).toContainEqual(expect.objectContaining({ ...paused, ...active }));
      });

      it('add their handsets paused, and keep the order of a linear queue in any order of arrival', async () => {
        const linear = { strategy: 'linear', handsets: ['conf-a', 'conf-b', 'conf-c'] } as const;
        const wanted = queue(7, { ...linear, handsets: [...linear.handsets] });
        await harness.port.putQueues([{ ...wanted, paused: { 'conf-b': 'oběd' } }]);
        await harness.port.removeMember(7, 'conf-a');
        await harness.port.addMember(7, 'conf-a');
        await harness.port.putQueues([wanted]);
        expect(await membersOf()).toMatchObject([
          { handset: 'conf-a', ...active },
          { handset: 'conf-b', paused: true, pauseReason: 'oběd' },
          { handset: 'conf-c', ...active },
        ]);
        await harness.port.putQueues([{ ...wanted, paused: { 'conf-c': '' } }]);
        expect(await membersOf()).toMatchObject([
          { handset: 'conf-a', ...active },
          { handset: 'conf-b', ...active },
          { handset: 'conf-c', paused: true, pauseReason: '' },
        ]);
      });

      it('ring no paused or logged out handset', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const operator = await staffed('answers');
        await harness.port.pauseMember(7, account.name, 'oběd');
        const first = await enqueued();
        await harness.settle();
        await harness.port.removeMember(7, account.name);
        await harness.settle();
        expect(await waiting()).toEqual([first.id]);
        expect(events.all('queue_ringing', { channelId: first.id })).toEqual([]);
        await harness.port.addMember(7, account.name);
        await events.one('queue_answered', { channelId: first.id, handset: account.name });
        await operator.hangUp(first.id);
        expect(await back(first)).toBe('CONTINUE');
        expect((await membersOf())?.[0]?.lastCallAt).toBeGreaterThan(0);
        await harness.port.hangUp(first.id);
        await operator.unregister();
      });

      it('serve callers with a higher priority first', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const plain = await enqueued();
        await events.one('queue_joined', { channelId: plain.id });
        const prior = await enqueued({ priority: 5 });
        expect(await events.one('queue_joined', { channelId: prior.id })).toMatchObject({ position: 1, waiting: 2 });
        expect(await waiting()).toEqual([prior.id, plain.id]);
        for (const call of [plain, prior]) await call.caller.hangUp();
      });

      it('keep callers in order of arrival, also while the queue changes, and report one who hangs up', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const first = await enqueued();
        const second = await enqueued();
        expect(await waiting()).toEqual([first.id, second.id]);
        expect((await listed(first.id))?.appArgs).toBeUndefined();
        await harness.port.putQueues([
          queue(7, { joinWhen: 'always', stayWhen: 'always', weight: 3, handsets: ['conf-r'] }),
          queue(8),
        ]);
        expect(await waiting()).toEqual([first.id, second.id]);
        await first.caller.hangUp();
        await events.one('channel_gone', { channelId: first.id });
        expect(await waiting()).toEqual([second.id]);
        await harness.port.hangUp(second.id);
        await events.one('channel_gone', { channelId: second.id });
      });

      it('move a waiting caller to any position, also among callers of several priorities', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const plain = [await enqueued(), await enqueued(), await enqueued()];
        const prior = await enqueued({ priority: 5 });
        const [a, b, c, p] = [...plain, prior].map(({ id }) => id) as [string, string, string, string];
        const moves: [channelId: string, position: number, order: string[]][] = [
          [c, 2, [p, c, a, b]],
          [p, 3, [c, a, p, b]],
          [b, 1, [b, c, a, p]],
          [b, 9, [c, a, p, b]],
          [c, 2, [a, c, p, b]],
          [c, 2, [a, c, p, b]],
          ['never-was', 1, [a, c, p, b]],
        ];
        for (const [channelId, position, order] of moves) {
          const nth = events.all('queue_order').length + 1;
          await harness.port.moveCaller({ channelId, queue: 7, position });
          expect(await events.one('queue_order', { queue: 7 }, nth)).toMatchObject({ channelIds: order });
          expect(await waiting()).toEqual(order);
        }
        const later = await enqueued();
        expect(await waiting()).toEqual([a, c, p, b, later.id]);
        for (const call of [...plain, prior, later]) await call.caller.hangUp();
      });

      it('return a caller at the timeout, and one without any available handset', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const patient = await enqueued({ waitS: 1 });
        expect(await back(patient)).toBe('TIMEOUT');
        for (const joinWhen of ['registered', 'free'] as const) {
          await harness.port.putQueues([queue(7, { joinWhen })]);
          expect(await back(await enqueued())).toMatch(/^JOIN(EMPTY|UNAVAIL)$/);
        }
        expect(await back(await enqueued({ queue: 99 }))).toBe('UNKNOWN');
        // The gateway controls the caller again.
        await harness.port.setVariable(patient.id, 'A', '1');
        await harness.port.hangUp(patient.id);
      });

      it('accept no more callers than their limit', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always', maxLength: 1 })]);
        const first = await enqueued();
        expect(await back(await enqueued())).toBe('FULL');
        expect(await waiting()).toEqual([first.id]);
        await harness.port.hangUp(first.id);
      });

      it('let a caller leave by the exit key only', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const inside = await enqueued({ exitKey: null });
        const starred = await enqueued({ exitKey: '*' });
        await inside.caller.press('*');
        await starred.caller.press('5');
        await starred.caller.press('*');
        expect(await back(starred)).toBe('EXITED');
        expect(await waiting()).toEqual([inside.id]);
        await harness.port.hangUp(inside.id);
      });

      it('connect a caller, and return the caller when the handset hangs up', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('answers');
        const call = await newCall();
        const visitId = 'conf~q9';
        const visit = { visitId, queue: 7, waitS: 20, exitKey: null, once: false, shownNumber: null };
        await harness.port.enqueue({ channelId: call.id, ...visit });
        await untilUp(call.id);
        await operator.hangUp(call.id);
        expect(await back({ id: call.id, visitId })).toBe('CONTINUE');
        await harness.port.hangUp(call.id);
        await operator.unregister();
      });

      it('record a conversation on request, under the id of the visit, and nothing else', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('answers');
        const call = await enqueued({ record: true });
        await becomes(async () => (await harness.port.recordings.list()).includes(call.visitId));
        await harness.settle();
        await operator.hangUp(call.id);
        expect(await back(call)).toBe('CONTINUE');
        await becomes(async () => (await samplesIn(call.visitId)).declared > 0);
        const { declared, found } = await samplesIn(call.visitId);
        expect(declared).toBe(found);
        await harness.port.recordings.remove(call.visitId);
        const again = { visitId: `${call.id}~q2`, queue: 7, waitS: 9, exitKey: null, once: false, shownNumber: null };
        await harness.port.enqueue({ channelId: call.id, ...again });
        await becomes(async () => (await harness.port.listTalks()).length === 1);
        await harness.settle();
        expect(await harness.port.recordings.list()).toEqual([]);
        await harness.port.hangUp(call.id);
        await operator.unregister();
      });

      it('report callers who join, ringing handsets and answers, and list them', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('answers');
        const call = await newCall();
        const about = { queue: 7, channelId: call.id };
        const visit = { visitId: 'conf~q10', queue: 7, waitS: 20, exitKey: null, once: false, shownNumber: null };
        await harness.port.enqueue({ channelId: call.id, ...visit });
        expect(await events.one('queue_joined', about)).toMatchObject({ position: 1, waiting: 1 });
        await events.one('queue_ringing', { ...about, handset: account.name });
        await events.one('queue_answered', { ...about, handset: account.name });
        await events.one('queue_caller_left', { ...about, waiting: 0 });
        await becomes(async () => (await harness.port.listTalks()).length === 1);
        expect(await harness.port.listTalks()).toEqual([{ ...about, handset: account.name }]);
        expect(await harness.port.listRinging()).toEqual([]);
        await operator.hangUp(call.id);
        expect(await back({ id: call.id, visitId: 'conf~q10' })).toBe('CONTINUE');
        await events.one('queue_talk_over', { ...about, handset: account.name });
        expect(await harness.port.listTalks()).toEqual([]);
        await harness.port.hangUp(call.id);
        await operator.unregister();
      });

      it('report a missed call and the status of a handset', async () => {
        await harness.port.putQueues([queue(7, { ringTimeoutS: 1 })]);
        const operator = await staffed('ignores');
        const call = await enqueued();
        await events.one('queue_ringing', { channelId: call.id, handset: account.name });
        const rings = { channelId: call.id, queue: 7, handset: account.name };
        await becomes(async () => (await harness.port.listRinging()).length === 1);
        expect(await harness.port.listRinging()).toEqual([rings]);
        await becomes(() => events.all('queue_member').some(({ member }) => member.state === 'ringing'));
        await harness.port.hangUp(call.id);
        await events.one('queue_ring_over', { channelId: call.id, handset: account.name });
        await events.one('queue_caller_left', { channelId: call.id, waiting: 0 });
        await becomes(() => events.all('queue_member').at(-1)?.member.state === 'free');
        await operator.unregister();
        await becomes(() => events.all('queue_member').at(-1)?.member.state === 'unavailable');
      });

      it('return a caller who is withdrawn right after being sent there', async () => {
        await harness.port.putQueues([queue(7, { joinWhen: 'always', stayWhen: 'always' })]);
        const { id } = await answeredCall();
        const visit = { channelId: id, visitId: `${id}~q1`, queue: 7 };
        await harness.port.enqueue({ ...visit, waitS: 60, exitKey: null, once: false, shownNumber: null });
        await harness.port.withdraw(visit);
        expect(await back({ id, visitId: visit.visitId })).toBe('WITHDRAW');
        await harness.port.hangUp(id);
      });

      it('return a withdrawn caller, waiting or talking, and no other caller', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('ignores');
        const call = await enqueued();
        const withdraw = ({ id, visitId }: { id: string; visitId: string }) =>
          harness.port.withdraw({ channelId: id, visitId, queue: 7 });
        await withdraw(call);
        expect(await back(call)).toBe('WITHDRAW');
        await withdraw(call);
        await withdraw({ id: 'nobody', visitId: 'x' });
        expect((await listed(call.id))?.appArgs).toEqual(['resume', call.visitId, 'WITHDRAW']);
        await harness.port.hangUp(call.id);
        await operator.unregister();
        const answering = await staffed('answers');
        const talking = await enqueued();
        await becomes(async () => (await harness.port.listTalks()).length === 1);
        await withdraw(talking);
        expect(await back(talking)).toBe('WITHDRAW');
        await harness.port.hangUp(talking.id);
        await answering.unregister();
      });

      it('report the keys of a handset that talks, and let both parties be taken out of the talk', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('answers');
        const call = await enqueued({ keys: true });
        await events.one('queue_answered', { channelId: call.id });
        await operator.press(call.id, '*1');
        const keys = () => events.all('talk_digit', { channelId: call.id });
        await harness.until(
          () => (keys().length === 2 ? true : undefined),
          () => `keys: ${JSON.stringify(keys())}`,
        );
        expect(keys().map(({ digit }) => digit)).toEqual(['*', '1']);
        const partyId = keys()[0]?.partyId ?? expect.unreachable();
        expect(await harness.port.findParty({ channelId: call.id, handset: account.name })).toBe(partyId);
        expect(await harness.port.findParty({ channelId: call.id, handset: 'nobody' })).toBeUndefined();
        expect(await harness.port.findParty({ channelId: 'nobody', handset: account.name })).toBeUndefined();
        await harness.port.takeTalk({ channelId: call.id, visitId: call.visitId, partyId });
        expect(await back(call)).toBe('WITHDRAW');
        const entered = () => events.all('channel_entered').find(({ args }) => args[0] === 'taken');
        const taken = await harness.until(entered, () => 'the handset did not enter');
        expect(taken).toMatchObject({ channel: { id: partyId, state: 'up' }, args: ['taken', call.visitId] });
        await harness.port.startMusic(call.id);
        await harness.port.stopMusic(call.id);
        await harness.port.createBridge('conf~b9');
        await harness.port.addToBridge('conf~b9', [call.id, partyId]);
        // The talk is over: nothing is left to be taken.
        await harness.port.takeTalk({ channelId: call.id, visitId: call.visitId, partyId });
        await harness.settle();
        expect((await listed(call.id))?.appArgs).toEqual(['resume', call.visitId, 'WITHDRAW']);
        await harness.port.hangUp(partyId);
        await events.one('channel_gone', { channelId: partyId });
        await harness.port.hangUp(call.id);
        await fails(harness.port.startMusic(call.id), 'gone');
        await harness.port.destroyBridge('conf~b9');
        await operator.unregister();
      });

      /** Lets a handset answer a call of this queue and hang up; returns its name. @param meanwhile runs during the conversation */
      const servedBy = async (operators: Record<string, Staffed>, meanwhile = () => Promise.resolve()) => {
        const call = await enqueued();
        const { handset: name } = await events.one('queue_answered', { channelId: call.id });
        await meanwhile();
        await operators[name]!.hangUp(call.id);
        expect(await back(call)).toBe('CONTINUE');
        await events.one('queue_talk_over', { channelId: call.id, handset: name });
        await harness.port.hangUp(call.id);
        return name;
      };
      const memberState = async (name: string) => (await membersOf())?.find((member) => member.handset === name)?.state;

      it('offer their callers to handsets by their strategy', async () => {
        const [one, two] = [account.name, other.name];
        const by = (strategy: QueueAccount['strategy']) =>
          harness.port.putQueues([queue(7, { strategy, handsets: [one, two] })]);
        await by('linear');
        const operators = { [one]: await staffed('answers'), [two]: await staffed('answers', other) };
        const free = () =>
          becomes(async () => (await memberState(one)) === 'free' && (await memberState(two)) === 'free');
        const served = async (calls: number, meanwhile?: () => Promise<void>) => {
          const names: string[] = [];
          while (names.length < calls) {
            await free();
            names.push(await servedBy(operators, meanwhile));
          }
          return names;
        };
        // Always from the first.
        expect(await served(2)).toEqual([one, one]);
        await by('fewestcalls');
        // Asterisk remembers the time of a call to the second: wait longer than that.
        const afterPause = async () => {
          for (let times = 0; times < 3; times += 1) await harness.settle();
        };
        expect([...(await served(1)), ...(await served(1, afterPause))]).toEqual([two, two]);
        await by('leastrecent');
        expect(await served(1)).toEqual([one]);
        await by('rrmemory');
        expect((await served(2)).sort()).toEqual([one, two].sort());
        await by('ringall');
        await free();
        const call = await enqueued();
        const { handset: first } = await events.one('queue_answered', { channelId: call.id });
        const [late] = [one, two].filter((name) => name !== first);
        expect(
          events
            .all('queue_ringing', { channelId: call.id })
            .map(({ handset: name }) => name)
            .sort(),
        ).toEqual([one, two].sort());
        await events.one('queue_ring_over', { channelId: call.id, handset: late! });
        await harness.port.hangUp(call.id);
        for (const operator of Object.values(operators)) await operator.unregister();
      });

      it('offer a caller to the next handset as soon as one refuses', async () => {
        const [one, two] = [account.name, other.name];
        await harness.port.putQueues([queue(7, { strategy: 'linear', handsets: [one, two] })]);
        const operators = [await staffed('refuses'), await staffed('answers', other)];
        const call = await enqueued();
        await events.one('queue_ring_over', { channelId: call.id, handset: one });
        await events.one('queue_answered', { channelId: call.id, handset: two });
        await harness.port.hangUp(call.id);
        for (const operator of operators) await operator.unregister();
      });

      it('offer a caller to the same handset again where calls decide, even without an answer there', async () => {
        const names = [account.name, other.name];
        await harness.port.putQueues([queue(7, { strategy: 'fewestcalls', handsets: names, ringTimeoutS: 1 })]);
        const operators = [await staffed('ignores'), await staffed('ignores', other)];
        const call = await enqueued();
        const first = await events.one('queue_ringing', { channelId: call.id });
        const again = await events.one('queue_ringing', { channelId: call.id }, 2);
        expect(again.handset).toBe(first.handset);
        await harness.port.hangUp(call.id);
        for (const operator of operators) await operator.unregister();
      });

      it('neither accept nor keep callers while all their handsets are paused', async () => {
        await harness.port.putQueues([queue(7, { ringTimeoutS: 1 })]);
        const operator = await staffed('ignores');
        const call = await enqueued();
        await events.one('queue_ringing', { channelId: call.id });
        await harness.port.pauseMember(7, account.name, 'oběd');
        // Registered, and so not empty by the gateway's definition.
        expect(await back(await enqueued())).toBe('BUSY');
        expect(await back(await enqueued({ once: true }))).toBe('BUSY');
        expect(await back(call)).toBe('BUSY');
        await harness.port.hangUp(call.id);
        await operator.unregister();
      });

      it('do not ring a handset during its wrap-up, in any of its queues', async () => {
        await harness.port.putQueues([queue(7, { wrapUpS: 4, joinWhen: 'free' }), queue(8)]);
        const operator = await staffed('answers');
        const [first, picky, hasty, patient] = [
          await answeredCall(),
          await answeredCall(),
          await answeredCall(),
          await answeredCall(),
        ];
        await enqueued({}, first);
        await events.one('queue_answered', { channelId: first.id });
        await operator.hangUp(first.id);
        const { at } = await events.one('queue_talk_over', { channelId: first.id });
        await becomes(async () => (await memberState(account.name)) === 'free');
        expect(await back(await enqueued({}, picky))).toBe('BUSY');
        expect(await back(await enqueued({ once: true }, hasty))).toBe('BUSY');
        await enqueued({ queue: 8 }, patient);
        const rung = await events.one('queue_ringing', { channelId: patient.id, handset: account.name });
        // Asterisk counts whole seconds.
        expect(rung.at - at).toBeGreaterThan(2500);
        for (const { id } of [first, picky, hasty, patient]) await harness.port.hangUp(id);
        await operator.unregister();
      });

      it('ring a handset again whose wrap-up was ended, and keep the callers who wait for it alone', async () => {
        await harness.port.putQueues([queue(7, { wrapUpS: 600 })]);
        const operator = await staffed('answers');
        await harness.port.endWrapUp(7, account.name);
        const [first, second, last] = [await answeredCall(), await answeredCall(), await answeredCall()];
        await enqueued({}, first);
        await events.one('queue_answered', { channelId: first.id });
        await operator.hangUp(first.id);
        await events.one('queue_talk_over', { channelId: first.id });
        await becomes(async () => (await memberState(account.name)) === 'free');
        for (const call of [second, last]) await enqueued({}, call);
        await harness.settle();
        expect(events.all('queue_ringing', { channelId: second.id })).toEqual([]);
        await harness.port.endWrapUp(7, account.name);
        await events.one('queue_answered', { channelId: second.id, handset: account.name });
        expect(await waiting()).toEqual([last.id]);
        await fails(harness.port.endWrapUp(7, 'nobody'), 'refused');
        await harness.port.hangUp(last.id);
        await operator.hangUp(second.id);
        await events.one('queue_talk_over', { channelId: second.id });
        await harness.port.pauseMember(7, account.name, 'oběd');
        await harness.port.endWrapUp(7, account.name);
        expect(await membersOf()).toMatchObject([{ paused: true, pauseReason: 'oběd', lastCallAt: null }]);
        for (const { id } of [first, second]) await harness.port.hangUp(id);
        await operator.unregister();
      });

      it('do not ring a handset that rings or talks outside of them', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('answers');
        const legThere = await dialled(`PJSIP/${account.name}`);
        await events.one('channel_answered', { channelId: legThere });
        await becomes(async () => (await memberState(account.name)) === 'busy');
        expect(await back(await enqueued({ once: true }))).toBe('BUSY');
        await harness.port.putQueues([queue(7, { joinWhen: 'free' })]);
        expect(await back(await enqueued())).toBe('BUSY');
        await harness.port.putQueues([queue(7)]);
        const patient = await enqueued();
        await events.one('queue_joined', { channelId: patient.id });
        await harness.settle();
        expect(events.all('queue_ringing', { channelId: patient.id })).toEqual([]);
        await harness.port.hangUp(legThere);
        await events.one('queue_answered', { channelId: patient.id, handset: account.name });
        await harness.port.hangUp(patient.id);
        await operator.unregister();
      });

      it('do not wait for a handset that talks when they are set to ring once', async () => {
        await harness.port.putQueues([queue(7)]);
        const operator = await staffed('answers');
        const talking = await enqueued();
        const gone = () => (events.of(talking.id).length > 0 ? true : undefined);
        await harness.until(gone, () => 'nothing happened');
        await untilQueueIsEmpty();
        expect(await back(await enqueued({ once: true }))).toBe('BUSY');
        await harness.port.hangUp(talking.id);
        await operator.unregister();
      });

      it('return callers when the last handset leaves', async () => {
        await harness.port.putQueues([queue(7, { ringTimeoutS: 1 })]);
        const operator = await staffed('ignores');
        const call = await enqueued();
        expect(await waiting()).toEqual([call.id]);
        await operator.unregister();
        expect(await back(call)).toMatch(/^LEAVE(EMPTY|UNAVAIL)$/);
        await harness.port.hangUp(call.id);
      });

      /** A member has answered. No event reports it: the channel is not in the gateway's application. */
      const untilUp = (id: string) => becomes(async () => (await listed(id))?.state === 'up');
      const untilQueueIsEmpty = () => becomes(async () => (await waiting())?.length === 0);
    });

    describe('the link', () => {
      it('breaks and comes back with the calls still there', async () => {
        const { id, caller } = await answeredCall();
        const { id: lost, caller: leaver } = await answeredCall();
        const [downs, ups] = [events.all('link_down').length, events.all('link_up').length];
        await harness.dropLink();
        await events.one('link_down', {}, downs + 1);
        expect(harness.port.usable).toBe(false);
        expect(harness.port.linkErrors).not.toEqual({});
        await fails(harness.port.answer(id), 'unavailable');
        await fails(harness.port.listChannels(), 'unavailable');
        await leaver.hangUp();
        await harness.restoreLink();
        expect(await events.one('link_up', {}, ups + 1)).toMatchObject({ restarted: false });
        expect(await listed(id)).toMatchObject({ state: 'up' });
        expect((await listed(id))?.appArgs?.length).toBeGreaterThan(0);
        expect(await listed(lost)).toBeUndefined();
        await caller.press('8');
        await events.one('digit', { channelId: id, digit: '8' });
        await caller.hangUp();
        await goneOnce(id);
      });

      it('reports that Asterisk has restarted and its channels are gone', async () => {
        await answeredCall();
        const ups = events.all('link_up').length;
        await harness.port.putHandset(handset('conf-f'));
        await harness.restartAsterisk();
        expect(await events.one('link_up', {}, ups + 1)).toMatchObject({ restarted: true });
        expect(await harness.port.listChannels()).toEqual([]);
        expect(await harness.port.listBridges()).toEqual([]);
        expect(await harness.port.listHandsets()).toEqual(['conf-f']);
        await harness.port.removeHandset('conf-f');
        const { id } = await answeredCall();
        await harness.port.hangUp(id);
      });

      it('is given up permanently to another gateway of the same name', async () => {
        const ups = events.all('link_up').length;
        await harness.takeOver();
        await events.one('replaced');
        expect(harness.port.usable).toBe(false);
        await harness.settle();
        expect(events.all('link_up')).toHaveLength(ups);
        expect(events.all('replaced')).toHaveLength(1);
        await fails(harness.port.listChannels(), 'unavailable');
      });
    });
  });
}

function handset(name: string) {
  return { name, password: 'secret-of-a-test', displayName: 'A test', language: 'cs', maxContacts: 1, webrtc: false };
}

function queue(id: number, more: Partial<QueueAccount> = {}): QueueAccount {
  return {
    id,
    handsets: ['conf-q'],
    strategy: 'ringall',
    ringTimeoutS: 15,
    wrapUpS: 0,
    weight: 0,
    maxLength: 0,
    joinWhen: 'registered',
    stayWhen: 'registered',
    ...more,
  };
}
