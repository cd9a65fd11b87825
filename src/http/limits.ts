/** Limits of the HTTP server. Sizes in bytes, times in milliseconds. */
export interface HttpLimits {
  jsonBytes: number;
  /** Bodies of unauthenticated clients: on public routes, and before a login inside the body is read. */
  strangerFormBytes: number;
  strangerBytes: number;
  /** Unauthenticated bodies, per address. */
  strangersBurst: number;
  strangersPerSecond: number;
  headerBytes: number;
  /** A client that has not sent all its headers in this time is disconnected. */
  headersTimeoutMs: number;
  /** A client that has not sent its whole request in this time is disconnected. */
  requestTimeoutMs: number;
  keepAliveTimeoutMs: number;
  /** Per token: requests at once, then requests per second. */
  requestBurst: number;
  requestsPerSecond: number;
  /** Requests with a wrong token, per address. */
  failuresBurst: number;
  failuresPerSecond: number;
  /** How long `stop()` waits for requests in progress. */
  drainTimeoutMs: number;
}

export const defaultLimits: HttpLimits = {
  jsonBytes: 1_048_576,
  strangerFormBytes: 8_192,
  strangerBytes: 32_768,
  strangersBurst: 60,
  strangersPerSecond: 5,
  headerBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 120_000,
  keepAliveTimeoutMs: 5_000,
  requestBurst: 400,
  requestsPerSecond: 100,
  failuresBurst: 30,
  failuresPerSecond: 1,
  drainTimeoutMs: 10_000,
};
