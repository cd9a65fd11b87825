/** True for what Node.js says of a TLS certificate that it does not trust: its error code, or the message. */
export function isCertificateTrouble(said: string): boolean {
  return /CERT|self[- _]signed|unable to (verify|get)|UNABLE_TO_(VERIFY|GET)/i.test(said);
}

/** What to do about it, by the owner of the machine that asks. */
export const CERTIFICATE_REMEDY =
  'its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to a file with the certificate (PEM) of who signed it';
