import { useCallback, useEffect, useEffectEvent } from 'react';
import { useClient } from 'urql';

import { NoticeNewsDocument, UnreadNoticesDocument } from '../graphql/generated.ts';
import { useLiveness, useNews } from '../graphql/live.ts';
import { useLoad } from '../graphql/use.ts';

/** Milliseconds between two questions while nothing comes by itself. */
const WITHOUT_SOCKET = 60_000;

/** How many notices are unread, as they come and as they are read, here or elsewhere; undefined until known. */
export function useUnread(): number | undefined {
  const { data, reload } = useLoad(UnreadNoticesDocument, {});
  useNews(NoticeNewsDocument, {}, reload);
  const isDown = useLiveness() === 'interrupted';
  const ask = useEffectEvent(() => void (document.visibilityState === 'visible' && reload()));
  useEffect(() => {
    // Another tab or device may have read some.
    const listener = () => ask();
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  }, []);
  useEffect(() => {
    if (!isDown) return;
    const timer = setInterval(() => ask(), WITHOUT_SOCKET);
    return () => clearInterval(timer);
  }, [isDown]);
  return data?.viewer?.notices?.unreadCount;
}

/** Counts anew, for whoever shows the number: to be called after some were read. */
export function useRecount(): () => void {
  const client = useClient();
  return useCallback(() => {
    void client.query(UnreadNoticesDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  }, [client]);
}
