import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Section } from '../../src/asterisk/ami/config-file.js';
import { AsteriskError } from '../../src/asterisk/port.js';
import type { AsteriskProbe, ProbedEndpoint } from '../../src/asterisk/probe.js';
import { usedPrompts } from '../../src/app/doctor.js';
import { asteriskChecks } from '../../src/doctor/checks.js';
import { checkBackup } from '../../src/doctor/checks/backup.js';
import { judgeCertificate } from '../../src/doctor/checks/certificate.js';
import { checkClock } from '../../src/doctor/checks/clock.js';
import { checkDisk, judgeSpace, judgeSpeed } from '../../src/doctor/checks/disk.js';
import { checkBrowsers, checkFreePort, checkHttp } from '../../src/doctor/checks/http.js';
import { announcedIn, checkNat, judgeNat } from '../../src/doctor/checks/nat.js';
import { checkPrompts } from '../../src/doctor/checks/prompts.js';
import {
  checkAmi,
  checkAri,
  checkCodecs,
  checkDialplan,
  checkQueueWriter,
  checkTrunk,
} from '../../src/doctor/checks/rights.js';
import { trunkProblem } from '../../src/directory/trunk-problem.js';
import { checkTrunks } from '../../src/doctor/checks/trunks.js';
import { checkRtp } from '../../src/doctor/checks/rtp.js';
import { checkSip } from '../../src/doctor/checks/sip.js';
import type { Finding } from '../../src/doctor/finding.js';
import { compact } from '../../src/lib/compact.js';
import { DAY_MS, HOUR_MS } from '../../src/lib/time.js';
import { encodeWav } from '../../src/prompts/wav.js';
import { freePort } from '../support/ports.js';

/** Each check, with what it looks at whole, and broken on purpose. */

const is = (status: Finding['status'], remedy?: string) =>
  expect.objectContaining(compact({ status, remedy })) as Finding;
const OK = expect.objectContaining({ status: 'ok' }) as Finding;

const ACTIONS =
  'getvar setvar redirect absolutetimeout coreshowchannels queuestatus queueadd queueremove queuepause queuechangeprioritycaller dbget dbput dbdel getconfigjson pjsipshowcontacts pjsipshowregistrationsoutbound showdialplan';
const MODULES =
  'codec_alaw codec_ulaw res_rtp_asterisk format_wav format_pcm res_http_media_cache res_srtp res_pjsip_transport_websocket codec_opus_open_source';
const TRUNK: ProbedEndpoint = { codecs: ['alaw', 'ulaw'], contacts: ['sip:192.0.2.1'], isOnline: true };
const RTP = (rtpstart: string, rtpend: string): Section[] => [
  {
    name: 'general',
    settings: [
      ['rtpstart', rtpstart],
      ['rtpend', rtpend],
    ],
  },
];

function probe(changes: Partial<AsteriskProbe> = {}): AsteriskProbe {
  return {
    version: () => Promise.resolve('22.10.1'),
    mayWriteOverAri: () => Promise.resolve(true),
    modules: () => Promise.resolve(new Set(MODULES.split(' '))),
    permittedActions: () => Promise.resolve(new Set(ACTIONS.split(' '))),
    mayWriteConfig: () => Promise.resolve(true),
    missingContexts: () => Promise.resolve([]),
    registrations: () => Promise.resolve(['Registered']),
    endpoint: () => Promise.resolve(TRUNK),
    configuration: () => Promise.resolve(RTP('10000', '10399')),
    clockOffset: () => Promise.resolve({ offsetMs: 3, exactToMs: 2 }),
    close: () => Promise.resolve(),
    ...changes,
  };
}

const fails = (reason: AsteriskError['reason'], message: string, status?: number) => () =>
  Promise.reject(new AsteriskError(reason, message, status));

describe('rights', () => {
  it('finds a user of ARI that may only read, a wrong password, another server, and no server', async () => {
    expect(await checkAri(probe())).toEqual(OK);
    expect(await checkAri(probe({ mayWriteOverAri: () => Promise.resolve(false) }))).toEqual(
      is('failed', 'ari_read_only'),
    );
    expect(await checkAri(probe({ version: fails('refused', 'ARI answered 401', 401) }))).toEqual(
      is('failed', 'ari_login'),
    );
    expect(await checkAri(probe({ version: fails('gone', 'ARI answered 404', 404) }))).toEqual(
      is('failed', 'ari_not_found'),
    );
    expect(await checkAri(probe({ version: fails('unavailable', 'connect ECONNREFUSED') }))).toEqual(
      is('failed', 'ari_no_answer'),
    );
  });

  it('names every AMI action that is not permitted, with its class', async () => {
    expect(await checkAmi(probe())).toEqual(OK);
    const few = new Set(ACTIONS.split(' ').filter((action) => action !== 'dbput'));
    const found = await checkAmi(probe({ permittedActions: () => Promise.resolve(few) }));
    expect(found).toEqual(is('failed', 'ami_permission'));
    expect(found.value).toContain('DBPut (system)');
    expect(
      await checkAmi(probe({ permittedActions: fails('unavailable', 'AMI login: Authentication failed') })),
    ).toEqual(is('failed', 'ami_login'));
    expect(await checkAmi(probe({ permittedActions: fails('unavailable', 'connect ECONNREFUSED') }))).toEqual(
      is('failed', 'ami_no_answer'),
    );
  });

  it('finds a user for queues that is missing, may not write, or has another password', async () => {
    expect(await checkQueueWriter(probe())).toEqual(OK);
    expect(await checkQueueWriter(probe({ mayWriteConfig: () => Promise.resolve(undefined) }))).toEqual(
      is('warning', 'queues_no_config_user'),
    );
    expect(await checkQueueWriter(probe({ mayWriteConfig: () => Promise.resolve(false) }))).toEqual(
      is('failed', 'queues_permission'),
    );
    expect(await checkQueueWriter(probe({ mayWriteConfig: fails('unavailable', 'AMI login') }))).toEqual(
      is('failed', 'queues_login'),
    );
  });

  it('names missing contexts', async () => {
    expect(await checkDialplan(probe(), 'pbx')).toEqual(OK);
    const found = await checkDialplan(probe({ missingContexts: ([first = '']) => Promise.resolve([first]) }), 'pbx');
    expect(found).toEqual(is('failed', 'dialplan_missing'));
    expect(found.value).toBe('missing: pbx-fallback');
  });
});

describe('audio of Asterisk', () => {
  const wants = { trunk: 'trunk', hasBrowsers: true };
  const without = (name: string) =>
    probe({ modules: () => Promise.resolve(new Set(MODULES.split(' ').filter((one) => one !== name))) });

  it('finds modules that are not loaded, and a trunk without a common codec', async () => {
    expect(await checkCodecs(probe(), wants)).toEqual(OK);
    expect(await checkCodecs(without('codec_alaw'), wants)).toEqual(is('failed', 'codec_missing'));
    expect(await checkCodecs(without('res_srtp'), wants)).toEqual(is('failed', 'codec_missing'));
    expect(await checkCodecs(without('res_srtp'), { ...wants, hasBrowsers: false })).toEqual(OK);
    expect(await checkCodecs(without('codec_opus_open_source'), wants)).toEqual(is('warning', 'codec_opus'));
    const g722 = probe({ endpoint: () => Promise.resolve({ ...TRUNK, codecs: ['g722'] }) });
    expect(await checkCodecs(g722, wants)).toEqual(is('warning', 'codec_trunk'));
  });

  it('finds too few ports, and ports that other programs take', async () => {
    expect(await checkRtp(probe(), false)).toEqual(OK);
    const range = (start: number, end: number) =>
      probe({ configuration: () => Promise.resolve(RTP(String(start), String(end))) });
    expect(await checkRtp(range(10_000, 10_019), false)).toEqual(is('failed', 'rtp_few'));
    expect(await checkRtp(probe({ configuration: () => Promise.resolve(undefined) }), false)).toEqual(is('skipped'));
    const sockets: Socket[] = [];
    const start = await freePort();
    try {
      for (let port = start; port < start + 60; port += 1) {
        const socket = createSocket('udp4');
        sockets.push(socket);
        socket.on('error', () => undefined);
        await new Promise<void>((resolve) => {
          socket.once('error', () => resolve());
          socket.bind(port, resolve);
        });
      }
      expect(await checkRtp(range(start, start + 59), true)).toEqual(is('warning', 'rtp_taken'));
    } finally {
      for (const socket of sockets) socket.close();
    }
  });
});

describe('NAT', () => {
  const transport = (...settings: [string, string][]): Section[] => [
    { name: 'transport-udp', settings: [['type', 'transport'], ...settings] },
  ];
  const OUTSIDE = '203.0.113.7';
  const behind = { own: ['192.168.1.5'], used: ['203.0.113.7'] };
  const announces = (media: string, signaling: string | undefined, localNets: string[]) => ({
    media,
    signaling,
    localNets,
  });

  it('reads what Asterisk announces', () => {
    expect(
      announcedIn(
        transport(['external_media_address', OUTSIDE], ['local_net', '10.0.0.0/8'], ['local_net', '10.0.0.0/8']),
      ),
    ).toEqual({ media: OUTSIDE, signaling: undefined, localNets: ['10.0.0.0/8'] });
  });

  it('finds an address that is missing, half set, private, not resolved, or without the local network', async () => {
    const good = announces(OUTSIDE, OUTSIDE, ['192.168.0.0/16']);
    expect(judgeNat(good, behind, OUTSIDE)).toEqual(OK);
    expect(judgeNat(announces(OUTSIDE, OUTSIDE, ['192.168.1.0/255.255.255.0']), behind, OUTSIDE)).toEqual(OK);
    const none = { media: undefined, signaling: undefined, localNets: [] };
    expect(judgeNat(none, { ...behind, used: ['192.168.1.5'] }, undefined)).toEqual(OK);
    expect(judgeNat(none, behind, undefined)).toEqual(is('warning', 'nat_missing'));
    expect(judgeNat({ ...good, signaling: undefined }, behind, OUTSIDE)).toEqual(is('warning', 'nat_half'));
    expect(judgeNat(announces('10.1.1.1', '10.1.1.1', ['192.168.0.0/16']), behind, '10.1.1.1')).toEqual(
      is('warning', 'nat_private'),
    );
    expect(judgeNat({ ...good, localNets: ['10.0.0.0/8'] }, behind, OUTSIDE)).toEqual(is('warning', 'nat_local_net'));
    const unknown = transport(['external_media_address', 'no-such-host.invalid']);
    expect(await checkNat(probe({ configuration: () => Promise.resolve(unknown) }), behind)).toEqual(
      is('failed', 'nat_unresolved'),
    );
  });
});

describe('trunk, clock, backup, certificate', () => {
  it('finds a trunk that is unknown, not registered or unreachable', async () => {
    expect(await checkTrunk(probe(), 'trunk')).toEqual(OK);
    expect(await checkTrunk(probe({ endpoint: () => Promise.resolve(undefined) }), 'trunk')).toEqual(
      is('failed', 'trunk_unknown'),
    );
    expect(await checkTrunk(probe({ registrations: () => Promise.resolve(['Rejected']) }), 'trunk')).toEqual(
      is('failed', 'trunk_not_registered'),
    );
    const offline = probe({ endpoint: () => Promise.resolve({ ...TRUNK, isOnline: false }) });
    expect(await checkTrunk(offline, 'trunk')).toEqual(is('failed', 'trunk_unreachable'));
  });

  it('finds a trunk of the company that is faulty', () => {
    const state = {
      name: 'o2',
      title: 'O2',
      state: 'registered',
      problem: null,
      channels: 0,
      maxChannels: null,
      lastError: null,
    } as const;
    expect(checkTrunks([state])).toEqual(OK);
    const found = checkTrunks([
      state,
      { ...state, name: 'backup', state: 'unreachable', problem: trunkProblem('missing') },
    ]);
    expect(found).toEqual(is('failed', 'trunk_of_company'));
    expect(found.value).toBe('backup: unreachable (Asterisk does not have the trunk)');
  });

  it('finds clocks that differ by more than the measurement is exact to', async () => {
    const off = (offsetMs: number, exactToMs: number) =>
      probe({ clockOffset: () => Promise.resolve({ offsetMs, exactToMs }) });
    expect(await checkClock(probe())).toEqual(OK);
    expect(await checkClock(off(-4_000, 3_000))).toEqual(OK);
    expect(await checkClock(off(-4_000, 10))).toEqual(is('warning', 'clock_differs'));
    expect(await checkClock(off(90_000, 10))).toEqual(is('failed', 'clock_differs'));
  });

  it('finds a backup that is missing, old or failed', () => {
    const now = 100 * DAY_MS;
    const facts = { lastAt: now - 20 * HOUR_MS, failure: undefined, isScheduled: true, refusal: undefined };
    expect(checkBackup(facts, now)).toEqual(OK);
    expect(checkBackup({ ...facts, lastAt: undefined }, now)).toEqual(is('warning', 'backup_none'));
    expect(checkBackup({ ...facts, lastAt: now - 3 * DAY_MS }, now)).toEqual(is('warning', 'backup_old'));
    expect(checkBackup({ ...facts, lastAt: now - 3 * DAY_MS, isScheduled: false }, now)).toEqual(OK);
    expect(checkBackup({ ...facts, failure: 'no space' }, now)).toEqual(is('failed', 'backup_failed'));
  });

  it('finds a certificate that has expired, expires soon, or is for another name', () => {
    const now = Date.parse('2026-06-01T00:00:00Z');
    const until = (days: number) => ({
      validToDate: new Date(now + days * DAY_MS),
      subjectAltName: 'DNS:pbx.example',
      checkHost: (name: string) => (name === 'pbx.example' ? name : undefined),
      checkIP: () => undefined,
    });
    expect(judgeCertificate(until(60), 'pbx.example', now)).toEqual(OK);
    expect(judgeCertificate(until(5), 'pbx.example', now)).toEqual(is('warning', 'certificate_soon'));
    expect(judgeCertificate(until(-1), 'pbx.example', now)).toEqual(is('failed', 'certificate_expired'));
    expect(judgeCertificate(until(60), 'other.example', now)).toEqual(is('failed', 'certificate_name'));
    expect(judgeCertificate(until(60), '192.0.2.1', now)).toEqual(is('failed', 'certificate_name'));
  });
});

describe('disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cordboard-doctor-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('finds a folder that is missing, little space, and a slow disk', async () => {
    expect((await checkDisk(folder)).value).toMatch(/MB free; a write reaches the disk in \d+\.\d ms/);
    expect(await checkDisk(path.join(folder, 'none'))).toEqual(is('failed', 'disk_not_writable'));
    const GB = 1024 ** 3;
    expect(judgeSpace({ freeBytes: 50 * GB, totalBytes: 100 * GB })).toEqual(OK);
    expect(judgeSpace({ freeBytes: 2 * GB, totalBytes: 100 * GB })).toEqual(is('warning', 'disk_full'));
    expect(judgeSpace({ freeBytes: GB / 10, totalBytes: 100 * GB })).toEqual(is('failed', 'disk_full'));
    expect(judgeSpeed(2)).toEqual(OK);
    expect(judgeSpeed(80)).toEqual(is('warning', 'disk_slow'));
  });

  it('finds a place that cannot be written', async () => {
    const file = path.join(folder, 'no-folder');
    await writeFile(file, '');
    expect(await checkDisk(file)).toEqual(is('failed', 'disk_not_writable'));
  });
});

describe('addresses', () => {
  let server: Server;
  let url: string;
  let answer: string;
  beforeEach(async () => {
    answer = '{"status":"ok"}';
    server = createHttp((_, response) => response.end(answer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterEach(() => server.close());

  it('finds an address that does not answer, or is something else', async () => {
    const port = await freePort();
    const settings = { host: '127.0.0.1', port: Number(new URL(url).port), publicUrl: url, outsideUrl: url };
    expect(await checkHttp(settings)).toEqual(OK);
    expect(await checkFreePort(settings)).toEqual(is('failed', 'http_port_taken'));
    expect(await checkFreePort({ ...settings, port })).toEqual(OK);
    expect(await checkHttp({ ...settings, publicUrl: `http://127.0.0.1:${port}` })).toEqual(
      is('failed', 'http_public'),
    );
    expect(await checkHttp({ ...settings, outsideUrl: `http://127.0.0.1:${port}` })).toEqual(
      is('warning', 'http_outside'),
    );
    answer = 'another server';
    expect(await checkHttp(settings)).toEqual(is('failed', 'http_public'));
  });

  it('finds browsers without HTTPS', () => {
    const servers = { stunUrls: ['stun:stun.example'], turnUrls: [] };
    expect(checkBrowsers({ outsideUrl: 'https://pbx.example' }, servers, 2)).toEqual(OK);
    expect(checkBrowsers({ outsideUrl: 'http://127.0.0.1:8080' }, servers, 2)).toEqual(OK);
    expect(checkBrowsers({ outsideUrl: 'http://192.0.2.1:8080' }, servers, 2)).toEqual(is('failed', 'browser_https'));
    expect(checkBrowsers({ outsideUrl: 'http://192.0.2.1:8080' }, servers, 0)).toEqual(is('skipped'));
  });

  it('finds SIP that answers only nearby, or not at all, over UDP and TCP', async () => {
    const port = await freePort();
    const udp = createSocket('udp4').on('message', (_, from) => {
      udp.send('SIP/2.0 401 Unauthorized\r\n\r\n', from.port, from.address);
    });
    udp.bind(port, '127.0.0.1');
    await once(udp, 'listening');
    const tcp = createTcp((socket) => socket.on('data', () => socket.end('SIP/2.0 200 OK\r\n\r\n'))).listen(
      port,
      '127.0.0.1',
    );
    await once(tcp, 'listening');
    try {
      for (const transport of ['udp', 'tcp'] as const) {
        const at = (address: string) => checkSip(transport, { server: address, port, nearby: '127.0.0.1' });
        expect(await at('127.0.0.1')).toEqual(OK);
        expect(await at('127.0.0.9')).toEqual(is('warning', 'sip_outside'));
      }
    } finally {
      udp.close();
      tcp.close();
    }
    for (const transport of ['udp', 'tcp'] as const)
      expect(await checkSip(transport, { server: '127.0.0.1', port, nearby: '127.0.0.1' })).toEqual(
        is('failed', 'sip_no_answer'),
      );
  });
});

describe('prompts', () => {
  const wav = encodeWav(Buffer.alloc(1600));
  const read = (sha256: string) => {
    if (sha256 === 'gone') return Promise.reject(new Error('ENOENT'));
    return Promise.resolve(sha256 === 'fast' ? encodeWav(Buffer.alloc(1600), 44_100) : wav);
  };
  const used = (languages: string[], audio: Record<string, string>) => [
    { id: 7, languages, audio: Object.entries(audio).map(([language, sha256]) => ({ language, sha256 })) },
  ];

  it('finds prompts without audio in a language of their lines, or with files that cannot be played', async () => {
    expect(await checkPrompts(used(['cs', 'en'], { cs: 'a', en: 'b' }), read)).toEqual(OK);
    const lacking = await checkPrompts(used(['cs', 'en'], { cs: 'a' }), read);
    expect(lacking).toEqual(is('warning', 'prompt_missing'));
    expect(lacking.value).toContain('prompt 7 (en)');
    expect(await checkPrompts(used(['cs'], {}), read)).toEqual(is('failed', 'prompt_missing'));
    expect(await checkPrompts(used(['cs'], { cs: 'gone' }), read)).toEqual(is('failed', 'prompt_file'));
    expect(await checkPrompts(used(['cs'], { cs: 'fast' }), read)).toEqual(is('failed', 'prompt_file'));
    expect(await checkPrompts([], read)).toEqual(is('skipped'));
  });

  it('wants the languages of the lines that use a prompt, and all where no line is named', () => {
    const line = (number: string, languages?: string[]) => ({ number, languages });
    const prompt = (id: number, where: string[]) => ({
      prompt: { id, name: '' },
      audio: [],
      usedIn: where.map((one) => ({ where: one })),
    });
    const listed = [
      prompt(1, ['lines/+420222333444/plan/0']),
      prompt(2, ['lines/+420222333555/plan/0/menu/prompt']),
      prompt(3, ['parts/goodbye/0']),
      prompt(4, []),
    ];
    const company = { languages: ['cs'], lines: [line('+420222333444'), line('+420222333555', ['ru', 'en'])] };
    expect(usedPrompts(listed, company).map(({ id, languages }) => [id, languages])).toEqual([
      [1, ['cs']],
      [2, ['ru', 'en']],
      [3, ['cs', 'ru', 'en']],
    ]);
  });
});

it('an Asterisk that cannot be asked is one fault, and not one for each check', async () => {
  const down = fails('unavailable', 'connect ECONNREFUSED');
  const checks = asteriskChecks(
    probe({ missingContexts: down, configuration: down, modules: down, endpoint: down, clockOffset: down }),
    {
      dataDir: '',
      http: { host: '127.0.0.1', port: 1, publicUrl: 'http://127.0.0.1:1', outsideUrl: 'http://127.0.0.1:1' },
      sip: { server: '127.0.0.1', port: 1 },
      ice: { stunUrls: [], turnUrls: [] },
      ari: { url: 'http://127.0.0.1:1', app: 'pbx' },
      trunkEndpoint: 'trunk',
    },
    1,
    () => 0,
  );
  const asked = ['dialplan', 'rtp', 'nat', 'codecs', 'trunk', 'clock'];
  for (const { run } of checks.filter(({ id }) => asked.includes(id))) expect(await run()).toEqual(is('skipped'));
});
