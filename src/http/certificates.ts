/** Whether a TLS error of Node.js, given by code or message, means an untrusted certificate. */
export function isCertificateError(said: string): boolean {
  return /CERT|self[- _]signed|unable to (verify|get)|UNABLE_TO_(VERIFY|GET)/i.test(said);
}

/** Remedy for the operator of this machine. */
export const CERTIFICATE_REMEDY =
  'its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to a file with the certificate (PEM) of its issuer';
