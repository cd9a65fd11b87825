/** Words of the visitor's own account, and of the access token of the dispatch. */
export const accountTexts = {
  title: 'Your account',
  password: 'Password',
  changePassword: 'Change password',
  oldPassword: 'Current password',
  newPassword: 'New password',
  newPasswordHint: 'At least 10 characters. You are logged out everywhere, and log in with the new one.',
  noPassword: 'You have logged in with an API token, which has no password.',
  token: 'Access token for the dispatch system',
  tokenHint:
    'With the token the page Now opens each caller’s page in the dispatch system. Copy it from your profile there. It is stored encrypted and never shown again.',
  otherTokenHint:
    'With the token the page Now opens each caller’s page in the dispatch system for this user. It is stored encrypted and never shown again.',
  tokenSince: 'Set since',
  tokenNone: 'Not set.',
  tokenSet: 'Set',
  tokenForget: 'Delete',
  tokenStored: 'The token is set.',
  tokenForgotten: 'The token is being deleted.',
};

export type AccountTexts = typeof accountTexts;
