#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { withEnvFile } from './cli/environment.js';
import { runCommand } from './cli/run.js';

// A reader such as `head` closes the pipe early; the rest of the output is then not needed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommand(process.argv.slice(2), {
  env: withEnvFile(process.env, fileURLToPath(new URL('..', import.meta.url))),
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  input: process.stdin,
});
