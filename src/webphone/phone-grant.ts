/** The permission to be the phone of a handset in pages of one origin. A program gives it with an API token. */
export interface PhoneGrant {
  handset: string;
  /** Id of the operator whose handset it is. */
  operator: number;
  /** Origin of the pages. */
  origin: string;
  issuer: GrantIssuer;
}

/** The token or person that gave the permission, see `Tokens.named`. */
export interface GrantIssuer {
  name: string;
  fingerprint: string;
}
