import type { Asterisk } from '../asterisk/asterisk.js';
import { RealProbe } from '../asterisk/probe.js';
import type { Backups } from '../backups/backups.js';
import type { Company, Line } from '../company/company.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { asteriskChecks } from '../doctor/checks.js';
import { checkBackup } from '../doctor/checks/backup.js';
import { checkDisk } from '../doctor/checks/disk.js';
import { checkHttp } from '../doctor/checks/http.js';
import { checkPrompts, type UsedPrompt } from '../doctor/checks/prompts.js';
import { answeringHost } from '../doctor/checks/sip.js';
import { checkRedis } from '../doctor/checks/redis.js';
import { checkTrunks } from '../doctor/checks/trunks.js';
import type { TrunkStates } from '../directory/trunk-states.js';
import { Doctor, type Check } from '../doctor/doctor.js';
import type { Finding } from '../doctor/finding.js';
import { makeLoopBackCall } from '../doctor/loop-back-call.js';
import { makeSipCall, SIP_CALL_CHECKS } from '../doctor/sip-call/make-sip-call.js';
import { toneSamples, type ServedTone } from '../doctor/tone.js';
import type { Clock } from '../lib/clock.js';
import { mediaPath } from '../prompts/resolve.js';
import type { PromptDetails } from '../prompts/service.js';
import type { Prompts } from './prompts.js';

interface DoctorParts {
  config: Config;
  asterisk: Asterisk;
  companies: Pick<CompanyStore, 'company'>;
  trunks: { states: Pick<TrunkStates, 'list' | 'refresh'> };
  prompts: Pick<Prompts, 'audio' | 'service'>;
  backups: { backups: Pick<Backups, 'history' | 'settings' | 'refusal'> };
  clock: Clock;
}

/** Tones of the test call, one for each direction: none is a multiple of the other. */
const THERE_HZ = 1004;
const BACK_HZ = 620;
const TONE_MS = 600;

/** Composes the checks of the running gateway. */
export function createDoctor(given: DoctorParts): Doctor {
  const parts = { ...given, config: atNode(given.config) };
  const { config, companies, backups, clock } = parts;
  return new Doctor({
    clock,
    prepare(withCall, stop) {
      const probe = new RealProbe({ ...config, clock });
      const browsers = companies.company.handsets.filter(({ webrtc }) => webrtc).length;
      const checks: Check[] = [
        { id: 'disk', run: () => checkDisk(config.dataDir) },
        { id: 'http', run: () => checkHttp(config.http) },
        ...asteriskChecks(probe, config, browsers, () => clock.now(), companyTrunks(parts)),
        { id: 'prompts', run: () => promptsOf(parts) },
        { id: 'backup', run: () => checkBackup(backupFacts(backups), clock.now()) },
      ];
      const { redisUrl } = config;
      if (redisUrl !== undefined) checks.push({ id: 'redis', run: () => checkRedis(redisUrl) });
      if (withCall) checks.push(...testCalls(parts, stop));
      return { checks, close: () => probe.close() };
    },
  });
}

/** A proxy in front of Asterisk knows no short-lived account of a test call: the checks ask Asterisk itself. */
function atNode(config: Config): Config {
  return config.sipFront === undefined ? config : { ...config, sip: { ...config.sip, ...config.sipNode } };
}

/** The company's trunks; undefined when it uses the endpoint of Asterisk's own files. */
function companyTrunks({ trunks: { states } }: DoctorParts): (() => Promise<Finding>) | undefined {
  if (states.list.length === 0) return undefined;
  return async () => checkTrunks(await states.refresh());
}

async function promptsOf({ prompts, companies }: DoctorParts): Promise<Finding> {
  const used = usedPrompts(await prompts.service.list(), companies.company);
  return checkPrompts(used, (sha256) => prompts.audio.readWav(sha256));
}

/** The prompts that something uses, with the languages of the lines that use them. */
export function usedPrompts(
  listed: readonly PromptDetails[],
  { languages, lines }: Pick<Company, 'languages'> & { lines: readonly Pick<Line, 'number' | 'languages'>[] },
): UsedPrompt[] {
  const spoken = [...new Set([...languages, ...lines.flatMap((line) => line.languages ?? [])])];
  const languagesAt = (where: string) => {
    const line = lines.find(({ number }) => where.startsWith(`lines/${number}/`));
    return line === undefined ? spoken : (line.languages ?? languages);
  };
  return listed
    .filter(({ usedIn }) => usedIn.length > 0)
    .map(({ prompt: { id }, audio, usedIn }) => ({
      id,
      audio,
      languages: [...new Set(usedIn.flatMap(({ where }) => languagesAt(where)))],
    }));
}

function backupFacts({ backups: { history, settings, refusal } }: DoctorParts['backups']) {
  const { success, failure } = history;
  return { lastAt: success?.at, failure: failure?.message, isScheduled: settings.at !== undefined, refusal };
}

/** The call over SIP is made by its first check. */
function testCalls(parts: DoctorParts, stop: AbortSignal): Check[] {
  const { asterisk, prompts, config, clock } = parts;
  const serve = (hz: number): ServedTone => {
    const { sha256 } = prompts.audio.serveFromMemory(toneSamples(hz, TONE_MS));
    return { hz, milliseconds: TONE_MS, media: `sound:${config.http.publicUrl}${mediaPath(sha256, 'wav')}` };
  };
  const common = { asterisk, loopBack: asterisk.loopBack, clock, stop };
  const context = asterisk.names.contexts.incoming;
  const server = () => sipServer(config);
  let sipCall: ReturnType<typeof makeSipCall> | undefined;
  const part = async (id: (typeof SIP_CALL_CHECKS)[number]) => {
    sipCall ??= makeSipCall({
      ...common,
      server,
      there: { hz: THERE_HZ, milliseconds: TONE_MS },
      back: serve(BACK_HZ),
    });
    return (await sipCall)[id];
  };
  return [
    ...SIP_CALL_CHECKS.map((id) => ({ id, run: () => part(id) })),
    {
      id: 'loop_back',
      run: () => makeLoopBackCall({ ...common, context, tones: [serve(THERE_HZ), serve(BACK_HZ)] }),
    },
  ];
}

/** Where telephones reach Asterisk; undefined where it does not answer. */
async function sipServer({ sip, ari }: Config): Promise<{ host: string; port: number } | undefined> {
  const host = await answeringHost('udp', { ...sip, nearby: new URL(ari.url).hostname });
  return host === undefined ? undefined : { host, port: sip.port };
}
