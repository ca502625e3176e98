import type { Operation, SecurityScheme } from './openapi.ts';

/** Kept as long as the page is open, and nowhere else. */
export interface Credentials {
  key: string;
  secret: string;
  token: string;
}

/** What somebody has filled in. */
export interface Values {
  /** By name; what is empty is not sent. */
  parameters: Readonly<Record<string, string>>;
  body: string;
}

/** A request, ready to be sent or to be shown. */
export interface Call {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string | null;
}

export type Schemes = Readonly<Record<string, SecurityScheme>>;

export function callOf(
  operation: Operation,
  values: Values,
  access: readonly (readonly [string, string])[],
  origin: string,
): Call {
  const { method, path, parameters, body } = operation;
  const given = (place: string) =>
    parameters.flatMap(({ name, in: where }) => {
      const value = values.parameters[name]?.trim() ?? '';
      return where === place && value ? [[name, value] as const] : [];
    });
  const filled = given('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
  const query = given('query').map((pair) => pair.map(encodeURIComponent).join('='));
  return {
    method,
    url: origin + filled + (query.length ? `?${query.join('&')}` : ''),
    headers: [...access, ...given('header'), ...(body ? [['Content-Type', 'application/json'] as const] : [])],
    body: body ? values.body : null,
  };
}

/** The headers of the first alternative that is known in full, else what is known of the first. */
export function accessOf({ security }: Operation, schemes: Schemes, credentials: Credentials): [string, string][] {
  const headers = (names: readonly string[]) =>
    names.flatMap((name) => {
      const header = headerOf(name, schemes, credentials);
      return header ? [header] : [];
    });
  const complete = security.find((names) => names.length > 0 && headers(names).length === names.length);
  return headers(complete ?? security[0] ?? []);
}

function headerOf(name: string, schemes: Schemes, { key, secret, token }: Credentials): [string, string] | null {
  const scheme = schemes[name];
  if (scheme?.type === 'http') return token ? ['Authorization', `Bearer ${token}`] : null;
  const value = name === 'apiKey' ? key : secret;
  return scheme?.name && value ? [scheme.name, value] : null;
}

/** The same call for a shell. */
export function curlOf({ method, url, headers, body }: Call): string {
  const parts = [
    `curl ${quoted(url)}`,
    ...(method === 'GET' ? [] : [`--request ${method}`]),
    ...headers.map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-raw ${quoted(body)}`]),
  ];
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
