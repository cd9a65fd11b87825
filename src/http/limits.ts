/** What the server puts up with. */
export interface HttpLimits {
  jsonBytes: number;
  /** Bodies of those who have not said who they are: at routes that are open to everybody, and before a login inside the body is read. */
  strangerFormBytes: number;
  strangerBytes: number;
  /** Such bodies, for each address. */
  strangersBurst: number;
  strangersPerSecond: number;
  headerBytes: number;
  /** A client that has not sent all its headers by then is cut off. */
  headersTimeoutMs: number;
  /** A client that has not sent its whole request by then is cut off. */
  requestTimeoutMs: number;
  keepAliveTimeoutMs: number;
  /** For each token: so many requests at once, then so many a second. */
  requestBurst: number;
  requestsPerSecond: number;
  /** Requests with a wrong token, for each address. */
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
