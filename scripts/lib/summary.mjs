// Prints the link of the set-up while nobody has an account, and a tester's data: numbers to dial, the softphone's account, addresses, the API token. Prints secrets only at the first start and on
// a terminal: later output may be stored in a journal that others read.
import { access, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { allProblems } from './readiness.mjs';

const env = process.env;
const host = ['0.0.0.0', '::', '[::]'].includes(env.HTTP_HOST) ? '127.0.0.1' : env.HTTP_HOST;
const url = `http://${host}:${env.HTTP_PORT}`;
/** The gateway generates a handset's password once Asterisk is connected. */
const SECRET_WITHIN_MS = 10_000;

async function configuration() {
  const response = await fetch(`${url}/api/v1/config`, {
    headers: { authorization: `Bearer ${env.CORDBOARD_API_TOKEN}` },
  });
  const text = await response.text();
  return response.ok ? parse(text) : { lines: [], handsets: [] };
}

const shown = path.join(env.CORDBOARD_DATA, 'run', 'secrets-shown');
const isFirst = await access(shown).then(
  () => false,
  () => true,
);
const showsSecrets = isFirst || process.stdout.isTTY === true;

async function passwordOf(handset) {
  const file = path.join(env.CORDBOARD_DATA, 'secrets', `handset-${handset}`);
  if (!showsSecrets) return `in ${file}`;
  const deadline = Date.now() + SECRET_WITHIN_MS;
  while (Date.now() < deadline) {
    try {
      return (await readFile(file, 'utf8')).trim();
    } catch {
      await delay(100);
    }
  }
  return `not made yet: POST ${url}/api/v1/handsets/${handset}/password`;
}

/** The lines about the set-up of the company; empty when somebody has an account. */
async function setupLines() {
  const headers = { authorization: `Bearer ${env.CORDBOARD_API_TOKEN}` };
  const state = await fetch(`${url}/api/v1/setup`, { headers });
  if (!state.ok || (await state.json()).account_exists) return '';
  if (!showsSecrets) return '  Set up             ./scripts/cordboard setup-link prints the link\n';
  const response = await fetch(`${url}/api/v1/setup/link`, { method: 'POST', headers });
  if (!response.ok) return '';
  const link = (await response.json()).url;
  return `  Set up             ${link}\n                     (your company, step by step; the link works once, for a day)\n`;
}

function sipDomain() {
  const bound = env.BIND_ADDRESS;
  const lan = Object.values(networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  const address = (given) => (env.SIP_PORT === '5060' ? given : `${given}:${env.SIP_PORT}`);
  if (env.ASTERISK_FROM === 'environment') return `the address of the Asterisk at ${env.ARI_URL}`;
  if (bound !== '0.0.0.0') return address(bound);
  return [`${address('127.0.0.1')} on this machine`, ...(lan ? [`${address(lan.address)} from others`] : [])].join(
    ', ',
  );
}

/** Handsets and queues are written to Asterisk shortly after the link is up. */
const SETTLED_WITHIN_MS = 5_000;

async function readiness() {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const answer = await (await fetch(`${url}/readyz`)).json();
    const pending = (answer.problems ?? []).some(({ problem }) => problem === 'not written to Asterisk yet');
    if (!pending || Date.now() > deadline) return answer;
    await delay(100);
  }
}

const { lines = [], handsets: all = [] } = await configuration();
// Telephones of an Asterisk of one's own have accounts there.
const handsets = all.filter(({ endpoint }) => endpoint === undefined);
const tester = handsets.find(({ name }) => name === 'tester') ?? handsets[0];
const wanted = env.SAMPLE === 'dispatch' ? handsets : [tester].filter(Boolean);
const accounts = await Promise.all(wanted.map(async ({ name }) => `user ${name}, password ${await passwordOf(name)}`));
const samples = {
  shop: `Sample shop        http://127.0.0.1:${env.SHOP_PORT}/ (who calls and waits: http://127.0.0.1:${env.SHOP_PORT}/panel)`,
  dispatch: `Sample dispatch    http://127.0.0.1:${env.DISPATCH_PORT}/ (clients and drivers are called at the softphone ${env.TRUNK_ENDPOINT})`,
};
const problems = allProblems(await readiness());
const setup = await setupLines();
console.log(`
${problems === '' ? 'Cordboard is ready.' : `Cordboard takes calls, but not everything works:\n\n${problems}`}

${setup}  Numbers to dial    ${lines.map(({ number, name }) => (name ? `${number} (${name})` : number)).join(', ') || 'none yet'}
  Softphone account  ${accounts.join('\n                     ') || 'none yet'}
  Domain             ${sipDomain()} (UDP or TCP)
  Gateway            ${url}/ (prompts: ${url}/prompts, API: ${url}/docs)
  API token          ${showsSecrets ? env.CORDBOARD_API_TOKEN : `in ${path.join(env.CORDBOARD_DATA, 'secrets', 'api-token')}, unless it is set in .env or the environment`}
  ${samples[env.SAMPLE]}
  Data and logs      ${env.CORDBOARD_DATA}
`);
await writeFile(shown, '');
