/** What a user has allowed a client: the common part of codes, refresh tokens and the tokens issued for them. */
export interface Grant {
  readonly username: string;
  readonly clientId: string;
  /** Scope values parted by spaces. */
  readonly scope: string;
  /** When the user last signed in at the IdP, wall-clock ms. */
  readonly authTimeMs: number;
  /** Bound into the ID token of the code exchange. */
  readonly nonce?: string;
}

/** A refresh token handed out before the scenario began: a client that has been signed in for days holds one. */
export interface PreissuedGrant {
  /** Begins with `refresh/`; unique. */
  readonly refreshToken: string;
  readonly username: string;
  readonly clientId: string;
  readonly scope: string;
  /** Wall-clock ms of the scenario; may be negative: already expired when it begins. */
  readonly expiresAtMs: number;
}
