import type { PlanEffect } from '../../src/call-plan/call.js';

/** Who hears whom: the channels and bridges of one call, as the effects of its flow leave them in Asterisk. */
export class TalkingWorld {
  /** By channel: its bridge, and whether it hears music. */
  readonly #channels = new Map<string, { bridge: string | undefined; music: boolean }>();
  /** Channels that the flow has hung up and whose end it has not been told. */
  readonly ending: string[] = [];

  add(...ids: string[]): void {
    for (const id of ids) this.#channels.set(id, { bridge: undefined, music: false });
  }

  get channels(): string[] {
    return [...this.#channels.keys()];
  }

  /** The channel is gone by itself. */
  remove(id: string): void {
    this.#channels.delete(id);
  }

  apply(effects: readonly PlanEffect[]): void {
    for (const effect of effects) this.#apply(effect);
  }

  #apply(effect: PlanEffect): void {
    switch (effect.type) {
      case 'bridge':
        for (const id of effect.channelIds) this.#join(id, effect.bridgeId);
        return;
      case 'unbridge':
        for (const channel of this.#channels.values())
          if (channel.bridge === effect.bridgeId) channel.bridge = undefined;
        return;
      case 'start_music':
      case 'stop_music': {
        const channel = this.#channels.get(effect.channelId);
        if (channel !== undefined) channel.music = effect.type === 'start_music';
        return;
      }
      case 'hang_up':
        if (this.#channels.delete(effect.channelId)) this.ending.push(effect.channelId);
        return;
      default:
    }
  }

  #join(id: string, bridge: string): void {
    const channel = this.#channels.get(id);
    if (channel === undefined) return;
    if (channel.bridge !== undefined && channel.bridge !== bridge) throw new Error(`${id} is in two bridges`);
    channel.bridge = bridge;
  }

  /** What a channel hears: `music`, the other members of its bridge in order, or nothing. */
  hears(id: string): string[] | 'music' {
    const channel = this.#channels.get(id);
    if (channel?.music === true && channel.bridge !== undefined) throw new Error(`${id} hears music in a bridge`);
    if (channel?.music === true) return 'music';
    if (channel?.bridge === undefined) return [];
    const others = [...this.#channels].filter(([other, { bridge }]) => other !== id && bridge === channel.bridge);
    return others.map(([other]) => other).sort();
  }
}
