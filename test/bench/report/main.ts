/** `scripts/bench report --json FILE`: prints the kept numbers of a file as tables in Markdown, as docs/performance.md has them. */
import { readFile } from 'node:fs/promises';
import { parseFlags } from '../lib/flags.js';
import { orUsage } from '../lib/scenario.js';
import { performanceTables, type KeptResults } from './tables.js';

const { json } = orUsage(() => parseFlags({ json: { type: 'string', default: 'artifacts/bench.json' } }));
console.log(performanceTables(JSON.parse(await readFile(json, 'utf8')) as KeptResults));
