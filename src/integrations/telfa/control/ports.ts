import type { CallControl } from '../../../telephony/control.js';
import type { CallFilter, CallRecord } from '../../../calls/reader.js';
import type { Identity, Request, Scope } from '../../../http/route.js';
import type { Company } from '../../../company/company.js';
import type { PromptDetails } from '../../../prompts/service.js';
import type { LoginHistory } from '../../../agents/login-history.js';
import type { OperatorControl } from '../../../agents/operators.js';
import type { RecordingAccess } from '../../shared/recordings.js';
import type { ControlProfile } from './profile.js';
import type { ControlIds } from './ids.js';

/** What the control API needs of the gateway; provided by src/app/. */
export interface ControlPorts {
  calls: CallControl;
  log: {
    list(filter: CallFilter): Promise<{ calls: CallRecord[] }>;
    get(id: string): Promise<{ call: CallRecord } | undefined>;
  };
  numbers: {
    /** Integers of calls by call id. */
    of(callIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
    /** Undefined: no call has this number. */
    callId(number: number): Promise<string | undefined>;
  };
  recordings: RecordingAccess;
  operators: Pick<OperatorControl, 'list' | 'logIn' | 'logOut'>;
  history: Pick<LoginHistory, 'list'>;
  prompts: {
    list(): Promise<PromptDetails[]>;
    fromText(prompt: { name: string; text: string; voice: string | undefined }): Promise<PromptDetails>;
  };
  /** The prompt of a spoken text, synthesized at first use. */
  speak: (text: string, voice: string | undefined) => Promise<number>;
  companies: {
    readonly company: Company;
    update(change: (company: Company) => Company): Promise<unknown>;
  };
  ids: ControlIds;
}

/** The context of one request. */
export interface Context {
  ports: ControlPorts;
  who: Identity;
  company: Company;
  profile: ControlProfile;
  /** Formats numbers for this shop; masked without the scope for numbers. */
  number: (e164: string) => string;
  /** Formats the company's own lines, never masked. */
  line: (e164: string) => string;
  /** ISO 8601 in the company's time zone. */
  instant: (at: number | null) => string | null;
  headers: Request['headers'];
  can: (scope: Scope) => boolean;
}
