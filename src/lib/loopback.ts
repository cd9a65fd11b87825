/** Whether a host of a URL is this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\..*|\[::1\])$/.test(host);
}
