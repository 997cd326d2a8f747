/** Redirect targets as text and back: `redirect_uri?code=…&state=…`. Only paths and queries; hosts go by name. */
export type Query = Readonly<Record<string, string>>;

export interface RedirectTarget {
  /** Everything before the query: a path, or a whole URL without it. */
  readonly base: string;
  readonly query: Query;
}

/** Appends parameters to a path or URL that may already have some. */
export function withQuery(base: string, query: Query): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return pairs.length === 0 ? base : `${base}${base.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

/** Takes a location apart. Undefined when it is not properly percent-encoded: a broken server may send anything. */
export function readTarget(location: string): RedirectTarget | undefined {
  const mark = location.indexOf('?');
  if (mark < 0) return { base: location, query: {} };
  const query: Record<string, string> = {};
  for (const pair of location.slice(mark + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = decoded(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    query[name] = value;
  }
  return { base: location.slice(0, mark), query };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
