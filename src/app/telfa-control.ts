import type { CallControl } from '../telephony/control.js';
import { CallNumbers } from '../calls/call-numbers.js';
import type { CallReader } from '../calls/reader.js';
import { ConfigStore } from '../company/store/config-store.js';
import { ControlApi } from '../integrations/telfa/control/api.js';
import { ControlIds } from '../integrations/telfa/control/ids.js';
import type { LoginReports } from '../http/address-bans.js';
import type { RecordingAccess } from '../integrations/shared/recordings.js';
import { systemClock } from '../lib/clock.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Database } from '../storage/database.js';
import type { AccountParts } from './accounts.js';
import type { OperatorParts } from './operators.js';
import { audioAnswer } from '../recordings/routes.js';
import type { Prompts } from './prompts.js';
import type { RecordingFeature } from './recordings.js';

/** Composes Telfa's control API. */
export function createTelfaControl(parts: {
  db: Database;
  control: CallControl;
  calls: CallReader;
  recordings: RecordingFeature;
  operators: OperatorParts;
  prompts: Prompts;
  companies: CompanyStore;
  accounts: AccountParts;
  bans: { http: LoginReports };
}): ControlApi {
  const { service, speech } = parts.prompts;
  const store = new ConfigStore(parts.db);
  return new ControlApi({
    ports: {
      calls: parts.control,
      log: parts.calls,
      numbers: new CallNumbers(parts.db),
      recordings: recordingAccess(parts.recordings),
      operators: parts.operators.operators,
      history: parts.operators.history,
      prompts: { list: () => service.list(), fromText: (input) => service.createFromText(input) },
      speak: async (text, voice) => (await speech.speak(text, voice)).id,
      companies: parts.companies,
      ids: new ControlIds({ meta: (key) => store.meta(key), keep: (key, value) => store.setMeta(key, value) }),
    },
    doors: { tokens: parts.accounts.principals, passwords: parts.accounts.principals },
    clock: systemClock,
    bans: parts.bans.http,
  });
}

/** Recordings as integrations present them. */
export function recordingAccess({ reader, files, recordAccess }: RecordingFeature): RecordingAccess {
  return {
    async ofCalls(callIds) {
      const rows = await reader.ofCalls(callIds);
      return new Map(
        [...rows].map(([callId, kept]) => [
          callId,
          kept.map(({ id, duration_ms }) => ({ id, state: 'ready', durationMs: duration_ms })),
        ]),
      );
    },
    async audio(id, headers) {
      const row = await reader.get(id);
      return row && audioAnswer({ files, recordAccess }, row, headers);
    },
  };
}
