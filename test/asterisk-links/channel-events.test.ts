import { beforeEach, describe, expect, it } from 'vitest';
import { ChannelEvents } from '../../src/asterisk/channel-events.js';
import { ariEventSchema } from '../../src/asterisk/ari/ari-schema.js';
import type { AsteriskEvent } from '../../src/asterisk/port.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { AsteriskNames } from '../../src/asterisk/names.js';

const channel = (id: string, state = 'Up') => ({
  id,
  name: `PJSIP/x-${id}`,
  state,
  caller: { number: '777', name: '' },
  dialplan: { exten: '+420', app_name: 'Stasis', app_data: 'cordboard,incoming,+420' },
  creationtime: '2026-11-21T10:00:00.000+0000',
});

describe('channel events from Asterisk', () => {
  let clock: VirtualClock;
  let emitted: AsteriskEvent[];
  let abandoned: string[];
  let events: ChannelEvents;

  beforeEach(() => {
    clock = new VirtualClock(0);
    [emitted, abandoned] = [[], []];
    events = new ChannelEvents({
      names: new AsteriskNames(),
      app: 'cordboard',
      clock,
      emit: (event) => emitted.push(event),
      abandonLeg: (id) => abandoned.push(id),
    });
  });
  const ari = (type: string, fields: object) => events.fromAri(ariEventSchema.parse({ type, ...fields }));
  const ami = (uniqueid: string, cause: string) => events.fromAmi({ event: 'Hangup', uniqueid, cause });
  const types = () => emitted.map(({ type }) => type);

  it.each([
    ['103', undefined, '103'],
    ['+420777888999', undefined, '+420777888999'],
    ['103', 'a@b', null],
    ['boss', undefined, null],
    ['', undefined, null],
    ['1'.repeat(21), undefined, null],
  ])('the transfer key with the target %j and the other call %j', (destination, protocol_id, to) => {
    const fields = { refer_to: { requested_destination: { destination, protocol_id } } };
    const by = { referred_by: { source_channel: { ...channel('1'), name: 'PJSIP/eva-00000001' } } };
    ari('ChannelTransfer', { ...fields, ...by });
    // Asterisk repeats the event when the phone is answered.
    ari('ChannelTransfer', { ...fields, ...by, state: 'channel_declined' });
    expect(emitted).toEqual([{ type: 'transfer_key', at: 0, channelId: '1', handset: 'eva', to }]);
  });

  it('a BYE without a reason is a normal end', () => {
    ari('ChannelHangupRequest', { channel: channel('1') });
    ari('StasisEnd', { channel: channel('1') });
    ari('ChannelDestroyed', { channel: channel('1'), cause: 16 });
    ami('1', '16');
    clock.advanceBy(1000);
    expect(emitted).toEqual([{ type: 'channel_gone', at: 0, channelId: '1', cause: 'normal', q850: 16 }]);
  });

  it('a hang-up request from inside waits for the cause', () => {
    ari('ChannelHangupRequest', { channel: channel('a~1'), cause: 32, soft: true });
    expect(emitted).toEqual([]);
    ari('StasisEnd', { channel: channel('a~1') });
    ari('ChannelDestroyed', { channel: channel('a~1'), cause: 19 });
    clock.advanceBy(1000);
    expect(emitted).toEqual([{ type: 'channel_gone', at: 0, channelId: 'a~1', cause: 'no_answer', q850: 19 }]);
  });

  it('a hang-up request without an end over ARI is settled by a timeout', () => {
    ari('ChannelHangupRequest', { channel: channel('1'), cause: 32, soft: true });
    ari('StasisEnd', { channel: channel('1') });
    clock.advanceBy(1000);
    expect(emitted).toEqual([{ type: 'channel_gone', at: 250, channelId: '1', cause: 'normal', q850: 16 }]);
  });

  it('an end that only AMI reports is emitted', () => {
    ami('1', '17');
    clock.advanceBy(1000);
    expect(emitted).toMatchObject([{ type: 'channel_gone', channelId: '1', cause: 'busy' }]);
  });

  it.each(['StasisEnd first', 'Hangup first'])(
    'after a freeze of the gateway, leaving and a much later hang-up that arrive together count as left (%s)',
    (order) => {
      const left = () => ari('StasisEnd', { channel: channel('1'), timestamp: '2026-11-21T10:00:05.000+0000' });
      const hungUp = () =>
        events.fromAmi({
          event: 'Hangup',
          uniqueid: '1',
          cause: '16',
          timestamp: String(Date.UTC(2026, 10, 21, 10, 0, 7) / 1000),
        });
      for (const deliver of order === 'Hangup first' ? [hungUp, left] : [left, hungUp]) deliver();
      clock.advanceBy(1000);
      expect(types()).toEqual(['channel_left', 'channel_gone']);
    },
  );

  it('leaving for the dialplan on request is emitted at once, and its end there as well', () => {
    events.expectContinue('1');
    ari('StasisEnd', { channel: channel('1') });
    expect(types()).toEqual(['channel_left']);
    ami('1', '16');
    clock.advanceBy(1000);
    expect(types()).toEqual(['channel_left', 'channel_gone']);
  });

  it('leaving unrequested (a timeout of the dialplan) is emitted once it is certain', () => {
    ari('StasisEnd', { channel: channel('1') });
    expect(emitted).toEqual([]);
    clock.advanceBy(1000);
    expect(types()).toEqual(['channel_left']);
  });

  it('an ended channel is reported as gone and not as left, whichever link reports the end', () => {
    ari('StasisEnd', { channel: channel('1') });
    ari('ChannelDestroyed', { channel: channel('1'), cause: 16 });
    ari('StasisEnd', { channel: channel('2') });
    ami('2', '16');
    clock.advanceBy(1000);
    expect(emitted).toMatchObject([
      { type: 'channel_gone', channelId: '1' },
      { type: 'channel_gone', channelId: '2' },
    ]);
  });

  it('a channel that enters again at once has not left', () => {
    ari('StasisEnd', { channel: channel('1') });
    ari('StasisStart', { channel: channel('1'), args: ['resume'] });
    clock.advanceBy(1000);
    expect(types()).toEqual(['channel_entered']);
  });

  it('a busy leg is gone at once, and cleaned up', () => {
    ari('Dial', { peer: channel('a~1', 'Down'), dialstatus: '' });
    ari('Dial', { peer: channel('a~1', 'Down'), dialstatus: 'BUSY' });
    ari('ChannelDestroyed', { channel: channel('a~1'), cause: 19 });
    expect(emitted).toMatchObject([{ type: 'channel_gone', channelId: 'a~1', cause: 'busy', q850: 17 }]);
    expect(abandoned).toEqual(['a~1']);
  });

  it('the far end of a channel that the gateway did not dial is ignored', () => {
    ari('Dial', { peer: channel('1', 'Down'), dialstatus: 'BUSY' });
    ari('ChannelStateChange', { channel: channel('1', 'Ringing') });
    expect(emitted).toEqual([]);
    expect(abandoned).toEqual([]);
  });

  it("only a leg with the gateway's id and mark enters without an event", async () => {
    const entered = events.expectLeg('a~1').waitForEntry(1000);
    ari('StasisStart', { channel: channel('a~1'), args: ['dialled'] });
    expect(await entered).toBe(true);
    const late = events.expectLeg('a~4').waitForEntry(1000);
    clock.advanceBy(1000);
    expect(await late).toBe(false);
    ari('StasisStart', { channel: channel('a~2'), args: ['incoming'] });
    ari('StasisStart', { channel: channel('3'), args: ['dialled'] });
    expect(emitted).toMatchObject([{ channel: { id: 'a~2' } }, { channel: { id: '3' } }]);
  });

  it('a playback of several media starts once', () => {
    const playback = (state: string) => ({ playback: { id: 'p', target_uri: 'channel:1', state } });
    ari('PlaybackStarted', playback('playing'));
    ari('PlaybackStarted', playback('playing'));
    ari('PlaybackFinished', playback('done'));
    expect(types()).toEqual(['playback_started', 'playback_finished']);
  });

  it('unsettled channels at a lost link are left to the reconcile', () => {
    ari('StasisEnd', { channel: channel('1') });
    events.reset();
    clock.advanceBy(1000);
    expect(emitted).toEqual([]);
    expect(clock.nextDueAt()).toBeUndefined();
  });
});
