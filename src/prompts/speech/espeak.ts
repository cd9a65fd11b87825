import { encodeWav } from '../wav.js';

/**
 * A separate program: reads text from standard input, writes a WAV file to standard output; its argument is the voice.
 * It uses eSpeak NG compiled to JavaScript, an optional package (GPL-3.0) that no other part of the gateway loads.
 */
interface Engine {
  eSpeakNGWorker: new () => {
    /** Returns 0 when the voice exists. */
    set_voice(name: string): number;
    get_samplerate(): number;
    synthesize(text: string, heard: (samples: Int16Array | null) => boolean): void;
  };
}

const [voice = 'en'] = process.argv.slice(2);
const PACKAGE: string = '@echogarden/espeak-ng-emscripten';

async function text(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

const { default: load } = (await import(PACKAGE)) as { default: () => Promise<Engine> };
const engine = new (await load()).eSpeakNGWorker();
if (engine.set_voice(voice) !== 0) {
  process.stderr.write(`there is no voice ${voice}`);
  process.exit(3);
}
const pieces: Buffer[] = [];
engine.synthesize(await text(), (samples) => {
  if (samples) pieces.push(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  return false;
});
process.stdout.write(encodeWav(Buffer.concat(pieces), engine.get_samplerate()));
