/** A limit that counted a request, as `RateLimit-Policy` and `RateLimit` tell it. */
export interface Quota {
  policy: string;
  limit: number;
  /** Seconds. */
  window: number;
  remaining: number;
}

/** Reads the two structured fields (draft-ietf-httpapi-ratelimit-headers). */
export function quotas(headers: Headers): Quota[] {
  const left = new Map(items(headers.get('RateLimit')).map(({ name, values }) => [name, values]));
  return items(headers.get('RateLimit-Policy')).map(({ name, values }) => ({
    policy: name,
    limit: values['q'] ?? 0,
    window: values['w'] ?? 0,
    remaining: left.get(name)?.['r'] ?? 0,
  }));
}

/** The members `"name";a=1;b=2` of a list. */
function items(header: string | null) {
  return [...(header ?? '').matchAll(/"([^"]+)"((?:;\w+=\d+)*)/g)].map(([, name = '', parameters = '']) => {
    const values: Record<string, number> = {};
    for (const [, key = '', value] of parameters.matchAll(/;(\w+)=(\d+)/g)) values[key] = Number(value);
    return { name, values };
  });
}
