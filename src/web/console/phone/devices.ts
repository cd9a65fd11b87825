import { effect, signal } from '@preact/signals';

/** The devices that the visitor has chosen for the phone, kept in the browser. An empty id is the system's own choice. */

export type DeviceUse = 'microphone' | 'voice' | 'ringing';

const KEYS: Record<DeviceUse, string> = {
  microphone: 'cordboard-phone-microphone',
  voice: 'cordboard-phone-voice',
  ringing: 'cordboard-phone-ringing',
};

const stored = (use: DeviceUse) => signal(localStorage.getItem(KEYS[use]) ?? '');

export const chosenDevices = { microphone: stored('microphone'), voice: stored('voice'), ringing: stored('ringing') };

export function chooseDevice(use: DeviceUse, id: string): void {
  chosenDevices[use].value = id;
  if (id === '') localStorage.removeItem(KEYS[use]);
  else localStorage.setItem(KEYS[use], id);
}

/** Lists what is plugged in. Browsers name devices only after the microphone was permitted. */
export async function listDevices(): Promise<MediaDeviceInfo[]> {
  return navigator.mediaDevices.enumerateDevices();
}

/** Plays on the chosen device from now on; on the system's own when that one is not plugged in. */
export function playOnChosen(audio: HTMLAudioElement, use: 'voice' | 'ringing'): () => void {
  return effect(() => {
    const id = chosenDevices[use].value;
    // Not in every browser.
    if ('setSinkId' in audio) void audio.setSinkId(id).catch(() => audio.setSinkId('').catch(() => undefined));
  });
}
