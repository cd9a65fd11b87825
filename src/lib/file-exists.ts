import { access } from 'node:fs/promises';

/** Whether there is a file or folder, as far as this process can see. */
export function fileExists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
