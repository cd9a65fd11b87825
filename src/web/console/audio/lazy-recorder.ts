import { loadedLater } from '../ui/loaded-later.js';

/** Records from a microphone. */
export const LazyRecorder = loadedLater(async () => (await import('./recorder.js')).Recorder);
