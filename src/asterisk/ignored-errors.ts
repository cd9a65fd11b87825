import { AsteriskError, type AsteriskErrorReason } from './port.js';

/** Resolves with undefined instead of a `gone` error. */
export function ignoringGone<T>(request: Promise<T>): Promise<T | undefined> {
  return ignoring('gone', request);
}

/** Resolves with undefined instead of a `conflict` error: the object exists already. */
export function ignoringConflict<T>(request: Promise<T>): Promise<T | undefined> {
  return ignoring('conflict', request);
}

/** Resolves with undefined when Asterisk refuses, as AMI does for an entry that does not exist and for an empty list. */
export function ignoringRefused<T>(request: Promise<T>): Promise<T | undefined> {
  return ignoring('refused', request);
}

async function ignoring<T>(reason: AsteriskErrorReason, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === reason) return undefined;
    throw error;
  }
}
