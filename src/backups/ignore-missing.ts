/** Handles an error of the file system: undefined when there is no such file. @throws any other error */
export function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
