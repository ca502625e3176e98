import { below } from '../base.ts';

/** Where the gateway speaks graphql-transport-ws. */
export function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${below('/graphql')}`;
}
