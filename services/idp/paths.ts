/** Where each endpoint stands. Clients that are faithful read the URLs from the discovery document instead. */
export const PATHS = {
  discovery: '/.well-known/openid-configuration',
  jwks: '/jwks',
  authorize: '/authorize',
  'sign-in': '/sign-in',
  token: '/token',
  userinfo: '/userinfo',
  introspect: '/introspect',
  revoke: '/revoke',
  healthz: '/healthz',
} as const;
