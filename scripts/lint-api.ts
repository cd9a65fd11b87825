/** Checks the OpenAPI document with Redocly's rules (.config/redocly.yaml). Usage: npx tsx scripts/lint-api.ts */
import path from 'node:path';
import { formatProblems, getTotals, lintFromString, loadConfig } from '@redocly/openapi-core';
import { apiDocument } from './api/document.js';

const config = await loadConfig({ configPath: path.join(import.meta.dirname, '../.config/redocly.yaml') });
const source = JSON.stringify(await apiDocument(), null, 2);
const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
const totals = getTotals(problems);
formatProblems(problems, { format: 'stylish', totals, version: '' });
if (totals.errors + totals.warnings > 0) process.exitCode = 1;
