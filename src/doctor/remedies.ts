import { remedyOfCode, remedyCodes } from '../app/remedies.js';

/** Remedies that only the doctor needs. A page translates them: `doctor.remedies` of `src/web/texts/<language>/system.ts`. */
const ownRemedies = {
  settings_invalid: 'Correct these variables in .env or in the environment; .env.example describes each.',
  gateway_down:
    'Start the gateway (./scripts/start, or the service), and look at its log. CORDBOARD_URL must be its address.',
  gateway_refuses: 'Set CORDBOARD_API_TOKEN to the token of this gateway.',
  disk_not_writable:
    'Let the user of the gateway write to the data folder (CORDBOARD_DATA), on a disk that is not read-only.',
  disk_full: 'Free space on this disk, shorten keep_days in the configuration, or move the backups (BACKUP_DIR).',
  disk_slow: 'Use a local SSD for the data folder (CORDBOARD_DATA), not a network drive or a memory card.',
  http_public: 'Set PUBLIC_URL to an address of this gateway that Asterisk reaches: prompts are fetched from there.',
  http_outside: 'Set OUTSIDE_URL to the address in front of the gateway, and check the proxy and the DNS entry.',
  http_port_taken: 'End the other program at this port, or set HTTP_PORT to a free one.',
  browser_https: 'Put the gateway behind HTTPS and set OUTSIDE_URL: browsers give no microphone to other pages.',
  ari_read_only: 'Set read_only=no for the user ARI_USER in ari.conf, and reload res_ari.',
  codec_missing: 'Load these modules in modules.conf of Asterisk, and restart it.',
  codec_trunk: 'Allow alaw or ulaw on the endpoint of the trunk (allow= in pjsip.conf); most providers use them.',
  codec_opus:
    'Load codec_opus or codec_opus_open_source: browsers sound better, and Asterisk need not transcode twice.',
  sip_outside:
    'Call from a telephone outside: this machine may not reach its own outside address. Else forward the SIP port.',
  sip_no_answer: 'Check SIP_SERVER, SIP_PORT, the transports in pjsip.conf, and the firewall.',
  rtp_few: 'Widen rtpstart and rtpend in rtp.conf (RTP_START, RTP_END), in the firewall, too.',
  rtp_taken: 'Move the range (RTP_START, RTP_END) to ports that no other program uses.',
  nat_unresolved: 'Set EXTERNAL_ADDRESS to a name that DNS knows, or to the outside address itself.',
  nat_missing:
    'Set EXTERNAL_ADDRESS to the outside address and LOCAL_NET to the local network: else audio is one-way or missing.',
  nat_half: 'Set both external_media_address and external_signaling_address, to the same address, in every transport.',
  nat_private: 'Set EXTERNAL_ADDRESS to the address that the outside reaches; this one is private.',
  nat_local_net:
    'Set LOCAL_NET so that it holds the addresses of this machine: else telephones in the office lose audio.',
  clock_differs: 'Let the same time service (NTP) set the clocks of both machines.',
  certificate_no_answer: 'Check that the proxy for HTTPS runs at the address of OUTSIDE_URL.',
  certificate_expired: 'Renew the certificate and reload the proxy: browsers refuse it.',
  certificate_name: 'Use a certificate for the name in OUTSIDE_URL.',
  certificate_soon: 'Renew the certificate; find out why it was not renewed by itself.',
  prompt_file:
    'Upload these prompts again on the page Prompts, or restore a backup: their files are missing or damaged.',
  prompt_missing: 'Record or upload these prompts in the missing languages, on the page Prompts.',
  backup_none: 'Make a backup on the page System, and set BACKUP_AT for a daily one.',
  backup_old: 'Make a backup on the page System; check BACKUP_AT, and whether the gateway ran at that time.',
  loop_back_enter: 'Check that the dialplan has the contexts of this version, and that ARI_APP is the same in it.',
  loop_back_answer: 'Look at the log of Asterisk: it did not answer a channel inside it.',
  loop_back_digits: 'Look at the log of Asterisk; load res_stasis and all modules of modules.conf of this version.',
  loop_back_audio:
    'Check that Asterisk reaches PUBLIC_URL and has res_http_media_cache, res_stasis_recording and format_wav.',
  sip_call_account:
    'Map auth, aor and endpoint to astdb in sorcery.conf (`cordboard connect` writes it), and restart Asterisk.',
  sip_call_codecs:
    'Load codec_alaw, codec_ulaw and res_rtp_asterisk; give Asterisk free ports for audio (rtpstart and rtpend in rtp.conf).',
  sip_call_refused:
    'Look at the log of Asterisk for the time of the call; check acl.conf, and the limits of pjsip.conf.',
  sip_digits: 'Load res_rtp_asterisk; let telephones send digits as RFC 4733 (telephone-event), not as sound.',
  sip_sound_there:
    'Open the UDP ports of rtp.conf (RTP_START to RTP_END) for packets to Asterisk; set EXTERNAL_ADDRESS and LOCAL_NET if its audio is at an address that this machine does not reach.',
  sip_sound_back: 'Let Asterisk send UDP from the ports of rtp.conf (RTP_START to RTP_END) to every address and port.',
  no_result: 'Repeat the check. If this repeats, look at the logs of the gateway and of Asterisk.',
} as const;

type OwnCode = keyof typeof ownRemedies;
export type RemedyCode = OwnCode | (typeof remedyCodes)[number];

const ownCodes = Object.keys(ownRemedies) as OwnCode[];
export const allRemedyCodes: readonly [RemedyCode, ...RemedyCode[]] = [...remedyCodes, ...ownCodes];

/** The remedy in English. */
export function remedyText(code: RemedyCode): string {
  return isOwn(code) ? ownRemedies[code] : remedyOfCode(code);
}

function isOwn(code: RemedyCode): code is OwnCode {
  return Object.hasOwn(ownRemedies, code);
}
