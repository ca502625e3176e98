const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['CriOS/', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** `Chrome · Windows` from a `User-Agent`; what it says itself if it is no browser. */
export function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const first = (known: typeof BROWSERS | typeof SYSTEMS) => known.find(([mark]) => userAgent.includes(mark))?.[1];
  const names = [first(BROWSERS), first(SYSTEMS)].filter(Boolean);
  return names.length ? names.join(' · ') : userAgent;
}
