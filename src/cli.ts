#!/usr/bin/env node
import { run } from './cli/run.js';

const OUTPUT_FAILED = 1;

// A reader that has seen enough (`| head`) ends the command quietly; a full disk is named.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') console.error(`the output could not be written: ${error.message}`);
  process.exit(OUTPUT_FAILED);
});
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  input: process.stdin,
});
