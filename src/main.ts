import module from 'node:module';
import path from 'node:path';

/** Entry point of the gateway process. Loads the gateway, with the code that the process before compiled. */

/** Node.js 22.1 and newer. */
interface CompileCache {
  /** Does not throw: without a usable folder the code is compiled. */
  enableCompileCache?: (folder: string) => unknown;
}

// Written files contain phone numbers, recordings or secrets. Whoever could write compiled code could run it.
process.umask(0o077);
const { enableCompileCache } = module as typeof module & CompileCache;
enableCompileCache?.(path.resolve(process.env['CORDBOARD_DATA'] ?? 'data', 'compiled'));
await import('./gateway.js');
