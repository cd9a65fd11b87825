let context: AudioContext | undefined;

/** Two short tones. Silent while the browser has seen no press on the page. */
export function chime(): void {
  context ??= new AudioContext();
  void context.resume();
  for (const [index, frequency] of [880, 1175].entries()) {
    const at = context.currentTime + index * 0.18;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.45);
  }
}
