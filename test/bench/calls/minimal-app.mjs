/**
 * The competition: the hand-over as a competent engineer would write it in an afternoon on ari-client. Everything is kept in
 * memory, nothing is retried, and a call that is up when this process dies is lost.
 */
import ari from 'ari-client';

const { ARI_URL, ARI_USER, ARI_PASSWORD, ARI_APP, SHOP_URL, SOUNDS } = process.env;
const client = await ari.connect(ARI_URL, ARI_USER, ARI_PASSWORD);
const calls = new Map();

class Call {
  #channel;
  #playback;
  #typed = '';
  #changed = () => {};
  gone = false;

  constructor(channel) {
    this.#channel = channel;
  }

  async run() {
    await this.#channel.answer();
    let known = {};
    while (!this.gone) {
      const answer = await this.#askShop(known);
      const { action, recording_id, menu_timeout, max, ...echo } = answer;
      if (action === 'play') {
        await this.#play(recording_id);
        known = echo;
      } else if (action === 'menu') {
        const received_digits = await this.#collect(recording_id, Number(menu_timeout) * 1000, Number(max));
        known = { ...echo, received_digits };
      } else break;
    }
    if (!this.gone) await this.#channel.hangup();
  }

  async #askShop(known) {
    const { caller, dialplan } = this.#channel;
    const body = JSON.stringify({ caller_number: caller.number, called_number: dialplan.exten, ...known });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(SHOP_URL, { method: 'POST', headers, body, signal: AbortSignal.timeout(8000) });
    return response.json();
  }

  async #start(recording) {
    this.#playback = client.Playback();
    this.#playback.over = false;
    await this.#channel.play({ media: `sound:${SOUNDS}/${recording}` }, this.#playback);
  }

  async #play(recording) {
    await this.#start(recording);
    while (!this.gone && !this.#playback.over) await this.#next();
  }

  /** Plays, with barge-in; ends at `#`, at `max` digits, or after `timeoutMs` without one. */
  async #collect(recording, timeoutMs, max) {
    if (this.#typed === '') await this.#start(recording);
    while (!this.gone && !this.#typed.includes('#') && this.#typed.length < max) {
      const quiet = this.#playback === undefined || this.#playback.over;
      if (!(await this.#next(quiet ? timeoutMs : undefined))) break;
    }
    const digits = this.#typed.split('#')[0];
    this.#typed = '';
    return digits;
  }

  /** Waits until something has happened; false when nothing has within `timeoutMs`. */
  #next(timeoutMs) {
    return new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => resolve(false), timeoutMs);
      this.#changed = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  onDigit(digit) {
    this.#typed += digit;
    if (this.#playback !== undefined && !this.#playback.over) {
      this.#playback.over = true;
      this.#playback.stop().catch(() => {});
    }
    this.#changed();
  }

  onPlaybackFinished(id) {
    if (this.#playback?.id === id) this.#playback.over = true;
    this.#changed();
  }

  onGone() {
    this.gone = true;
    this.#changed();
  }
}

client.on('StasisStart', (event, channel) => {
  const call = new Call(channel);
  calls.set(channel.id, call);
  call.run().catch((error) => {
    console.error(error.message);
    channel.hangup().catch(() => {});
  });
});
client.on('ChannelDtmfReceived', (event, channel) => calls.get(channel.id)?.onDigit(event.digit));
client.on('PlaybackFinished', (event, playback) =>
  calls.get(playback.target_uri.replace('channel:', ''))?.onPlaybackFinished(playback.id),
);
client.on('StasisEnd', (event, channel) => {
  calls.get(channel.id)?.onGone();
  calls.delete(channel.id);
});
await client.start(ARI_APP);
console.log('ready');
