import path from 'node:path';

const NAME = /^cordboard-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz(\.age)?$/;

/** The name of a backup, by the time (UTC) when it was begun. */
export function backupName(at: number, isEncrypted: boolean): string {
  const time = `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return `cordboard-${time}.tar.gz${isEncrypted ? '.age' : ''}`;
}

export interface ParsedName {
  createdAt: number;
  encrypted: boolean;
}

/** Undefined for the name of any other file. */
export function parseBackupName(name: string): ParsedName | undefined {
  const parts = NAME.exec(name);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, encrypted] = parts;
  const createdAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(createdAt) ? undefined : { createdAt, encrypted: encrypted !== undefined };
}

const PARTIAL = /^\..+\.partial$/;

/** The folder beside a backup in which it is made. */
export function partialFolder(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.partial`);
}

/** Whether a backup is made in a folder of this name, or was when the process ended. */
export function isPartial(name: string): boolean {
  return PARTIAL.test(name);
}
