import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AmiEvent, AmiFields } from '../../src/asterisk/ami/ami-connection.js';
import { AmiLink } from '../../src/asterisk/ami/ami-link.js';
import type { LinkTiming } from '../../src/asterisk/link.js';
import { systemClock } from '../../src/lib/clock.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { Changes } from '../support/sip/until.js';
import { FakeAmi } from './fake-ami.js';
import { context, failure, HurriedClock } from './link-harness.js';

const WITHIN_MS = 30_000;

describe('the AMI link', () => {
  let ami: FakeAmi;
  let port: number;
  let link: AmiLink;
  let events: AmiEvent[];
  let heard: string[];
  let changes: Changes;

  const connect = (timing: Partial<LinkTiming> = {}, clock = systemClock) => {
    const hear = (what: string) => {
      heard.push(what);
      changes.notify();
    };
    link = new AmiLink({ host: '127.0.0.1', port, user: 'gateway', password: 'secret' }, context(timing, clock), {
      up: () => hear('up'),
      down: () => hear('down'),
      event: (event) => {
        events.push(event);
        hear(event.event);
      },
    });
    link.start();
  };
  const told = (what: string, times = 1) =>
    changes.until(
      () => heard.filter((word) => word === what).length >= times || undefined,
      WITHIN_MS,
      () => `never heard "${what}" ${times} times, only ${heard.join(', ')}`,
    );

  beforeEach(async () => {
    ami = new FakeAmi();
    port = await ami.start();
    [events, heard, changes] = [[], [], new Changes()];
  });
  afterEach(async () => {
    await link.stop();
    await ami.stop();
  });

  it('logs in and requests the events that it reads', async () => {
    connect();
    await told('up');
    expect(link.error).toBeUndefined();
    expect(ami.actions.map(({ action }) => action)).toEqual(['login', 'Events']);
    expect(ami.actions[1]?.['eventmask']).toBe('system,call,agent,security,dtmf');
    ami.send('Event: Hangup\nUniqueid: 1.2\nCause: 16');
    await told('Hangup');
    expect(events[0]).toMatchObject({ event: 'Hangup', uniqueid: '1.2', cause: '16' });
  });

  describe('an action', () => {
    it('is answered, or refused with the reason', async () => {
      connect();
      await told('up');
      ami.onAction = ({ action }) =>
        action === 'Good' ? ['Response: Success\nKey: Value'] : ['Response: Error\nMessage: No such queue'];
      expect(await link.action({ Action: 'Good' })).toMatchObject({ key: 'Value' });
      expect(await failure(link.action({ Action: 'Bad' }))).toMatchObject({
        reason: 'refused',
        message: 'AMI Bad: No such queue',
      });
    });

    it('returns the list of its response', async () => {
      connect();
      await told('up');
      ami.onAction = () => [
        'Response: Success\nEventList: start',
        'Event: Row\nName: a',
        'Event: Row\nName: b',
        'Event: RowsComplete\nEventList: Complete',
      ];
      const rows = await link.list({ Action: 'Rows' });
      expect(rows.map(({ name }) => name)).toEqual(['a', 'b']);
      expect(events).toEqual([]);
    });

    it.each<[string, AmiFields]>([
      ['a line feed in a value', { Action: 'X', Name: 'a\nAction: Originate' }],
      ['a carriage return in a value', { Action: 'X', Name: 'a\rb' }],
      ['a NUL in a value', { Action: 'X', Name: 'a\0b' }],
      ['an empty line in the action itself', { Action: 'X\r\n\r\nAction: Originate' }],
      ['a line end in a key', { Action: 'X', 'A\r\nB': 'c' }],
      ['a colon in a key', { Action: 'X', 'A: B': 'c' }],
      ['a line end in a variable', { Action: 'X', Variable: { a: 'b\nc' } }],
      ['a line end in the name of a variable', { Action: 'X', Variable: { 'a\nb': 'c' } }],
      ['an ActionID of its own', { Action: 'X', ActionID: '1' }],
    ])('with %s never leaves', async (_, fields) => {
      connect();
      await told('up');
      const before = ami.received;
      expect(await failure(link.action(fields))).toMatchObject({ reason: 'refused' });
      await link.action({ Action: 'Ping' });
      expect(ami.received.slice(before.length)).toMatch(/^Action: Ping\r\nActionID: \S+\r\n\r\n$/);
    });

    it('that is never answered fails alone', async () => {
      const clock = new VirtualClock(0);
      connect({ requestMs: 80, pingMs: 30 }, clock);
      await told('up');
      ami.onAction = ({ action }) => (action === 'X' ? undefined : ['Response: Success']);
      const lost = [failure(link.list({ Action: 'X' })), failure(link.action({ Action: 'X' }))];
      // The response to Y comes after the response to the ping.
      for (let pings = 1; pings <= 6; pings += 1) {
        clock.advanceBy(30);
        expect(await link.action({ Action: 'Y' })).toMatchObject({ response: 'Success' });
      }
      for (const error of await Promise.all(lost)) expect(error).toMatchObject({ reason: 'unavailable' });
      expect(heard).toEqual(['up']);
    });

    it('that takes long delays the pings after it, and keeps the link up', async () => {
      connect({ requestMs: 60, pingMs: 30 });
      await told('up');
      ami.onAction = () => undefined;
      expect(await failure(link.action({ Action: 'X' }))).toMatchObject({ reason: 'unavailable' });
      // Several pings stay without a response; a new connection receives a greeting each time.
      await ami.until(() => ami.connectionsSoFar >= 3);
      ami.onAction = () => ['Response: Success'];
      expect(await link.action({ Action: 'Y' })).toMatchObject({ response: 'Success' });
      await ami.until(() => ami.connections === 1);
      expect(heard).toEqual(['up']);
    });

    it('in progress when the connection breaks fails at once, and so does the next one', async () => {
      connect();
      await told('up');
      ami.onAction = () => {
        ami.cut();
        return undefined;
      };
      expect(await failure(link.action({ Action: 'X' }))).toMatchObject({ reason: 'unavailable' });
      expect(await failure(link.action({ Action: 'X' }))).toMatchObject({ reason: 'unavailable' });
    });
  });

  describe('the connection', () => {
    it('reconnects automatically within a second', async () => {
      const clock = new HurriedClock();
      connect({ connectMs: 200_000, requestMs: 200_000, pingMs: 200_000 }, clock);
      await told('up');
      const waits = clock.waitsMs.length;
      ami.cut();
      await told('up', 2);
      const pauses = clock.waitsMs.slice(waits).filter((ms) => ms < 150_000);
      expect(pauses).toHaveLength(1);
      expect(pauses[0]).toBeLessThan(1000);
      expect(await link.action({ Action: 'Ping' })).toMatchObject({ response: 'Success' });
    });

    it('is retried with a refused password, and reports the refusal', async () => {
      ami.password = 'another';
      connect();
      await ami.until(() => ami.connectionsSoFar === 3);
      expect(link.error).toContain('Authentication failed');
      ami.password = 'secret';
      await told('up');
    });

    it('times out on a peer that accepts and stays silent', async () => {
      ami.isSilent = true;
      connect({ connectMs: 100 });
      await ami.until(() => ami.connectionsSoFar === 2);
      expect(link.error).toContain('no answer');
      ami.isSilent = false;
      await told('up');
    });

    it('is closed when a ping times out and a new connection receives no greeting', async () => {
      connect({ pingMs: 30, requestMs: 60, connectMs: 100 });
      await told('up');
      ami.isSilent = true;
      await told('down');
    });

    it('is closed after a long silence, even if Asterisk greets other connections', async () => {
      connect({ pingMs: 30, requestMs: 60, busyMs: 300 });
      await told('up');
      ami.onAction = () => undefined;
      await told('down');
    });

    it.each([true, false])('leaves no handle open when stopped (peer silent: %s)', async (isSilent) => {
      ami.isSilent = isSilent;
      connect({ connectMs: 60_000 });
      await (isSilent ? ami.until(() => ami.connectionsSoFar === 1) : told('up'));
      await link.stop();
      await ami.until(() => ami.connections === 0);
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(ami.connectionsSoFar).toBe(1);
    });
  });
});
