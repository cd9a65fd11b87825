import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endGatheringEarly } from '../../../../src/web/console/phone/sip-settings.js';

/** Gathers when told to. JsSIP ends a gathering at an event without a candidate. */
class FakeConnection extends EventTarget {
  iceGatheringState = 'new';
  iceServers: RTCIceServer[] = [];
  readonly onEnd = vi.fn();

  constructor() {
    super();
    this.addEventListener('icecandidate', (event) => {
      if (!('candidate' in event)) this.onEnd();
    });
    endGatheringEarly(this as unknown as RTCPeerConnection);
  }

  getConfiguration(): RTCConfiguration {
    return { iceServers: this.iceServers };
  }

  enter(state: RTCIceGatheringState): void {
    this.iceGatheringState = state;
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }

  find(candidate: string, type = 'host'): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { candidate, type } }));
  }
}

let connection: FakeConnection;

beforeEach(() => {
  vi.useFakeTimers();
  connection = new FakeConnection();
});
afterEach(() => vi.useRealTimers());

test('an answer does not wait for more than the first ICE candidates', () => {
  connection.enter('gathering');
  connection.find('first');
  for (let ms = 0; ms < 30; ms += 10) {
    expect(connection.onEnd).not.toHaveBeenCalled();
    // Further candidates do not prolong it.
    connection.find('next');
    vi.advanceTimersByTime(10);
  }
  expect(connection.onEnd).toHaveBeenCalledTimes(1);
});

test('an answer is sent although no candidate is found', () => {
  connection.enter('gathering');
  vi.advanceTimersByTime(499);
  expect(connection.onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(connection.onEnd).toHaveBeenCalledTimes(1);
});

test('a gathering that is complete needs no end', () => {
  connection.enter('gathering');
  connection.find('first');
  connection.enter('complete');
  vi.runAllTimers();
  expect(connection.onEnd).not.toHaveBeenCalled();
});

test('the next offer of the same call gathers again', () => {
  for (const times of [1, 2]) {
    connection.enter('gathering');
    connection.find('first');
    vi.advanceTimersByTime(30);
    expect(connection.onEnd).toHaveBeenCalledTimes(times);
  }
});

test('with a TURN server an answer waits for the address there, but not for long', () => {
  connection.iceServers = [{ urls: ['turn:pbx.example:3478'] }];
  for (const isReached of [true, false]) {
    connection.onEnd.mockClear();
    connection.enter('gathering');
    connection.find('first');
    connection.find('next', 'srflx');
    vi.advanceTimersByTime(900);
    expect(connection.onEnd).not.toHaveBeenCalled();
    if (isReached) connection.find('relay', 'relay');
    vi.advanceTimersByTime(isReached ? 1 : 100);
    expect(connection.onEnd).toHaveBeenCalledTimes(1);
    connection.enter('complete');
  }
});
