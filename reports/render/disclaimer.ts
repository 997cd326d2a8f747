/** What stands before every text that names an incident. */
export const DISCLAIMER = 'a model consistent with the public report; not a reconstruction; not affiliated';
