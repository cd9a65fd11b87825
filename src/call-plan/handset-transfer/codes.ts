import type { Call } from '../call.js';
import type { TransferCodes, TransferKind } from '../program.js';

/** A pause between two keys that is longer begins a new code. */
const CODE_PAUSE_MS = 3000;

const KINDS: readonly TransferKind[] = ['blind', 'attended', 'park'];

/** Adds a key to those that may become a code. @returns the kind of transfer whose code is complete */
export function addToCode(call: Call, digit: string): TransferKind | undefined {
  const { state, at, program } = call;
  const { transferCodes = {} } = program;
  const before =
    state.codeInput !== undefined && at - state.codeInput.at <= CODE_PAUSE_MS ? state.codeInput.digits : '';
  // After a wrong key, that key may begin a code itself.
  const digits = [before + digit, digit].find((typed) => beginsCode(transferCodes, typed));
  const kind = digits === undefined ? undefined : kindOf(transferCodes, digits);
  state.codeInput = digits === undefined || kind !== undefined ? undefined : { digits, at };
  return kind;
}

export function kindOf(codes: TransferCodes, digits: string): TransferKind | undefined {
  return KINDS.find((kind) => codes[kind] === digits);
}

function beginsCode(codes: TransferCodes, digits: string): boolean {
  return KINDS.some((kind) => codes[kind]?.startsWith(digits));
}
