import { deferred } from '../ui/deferred.js';

/** Records from a microphone. */
export const LazyRecorder = deferred(async () => (await import('./recorder.js')).Recorder, 1);
