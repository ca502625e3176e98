/** The path that the gateway is reached below, such as `/gw`; empty at the root of its host. It writes it into its pages. */
export const base =
  typeof document === 'undefined' ? '' : (document.querySelector<HTMLMetaElement>('meta[name="base"]')?.content ?? '');

/** Where the browser finds a path of the gateway, such as `/graphql`. */
export function below(path: string): string {
  return base + path;
}

/** The address of the gateway, without a slash at its end. */
export function gatewayAddress(): string {
  return location.origin + base;
}
