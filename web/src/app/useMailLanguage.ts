import { mailLanguage } from '../account/mailLanguage.ts';
import { UpdateProfileDocument } from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import type { Language } from '../i18n/negotiate.ts';
import { useSession } from './session.tsx';

/** Has mails follow the language that a signed-in person reads; if they cannot, the page changes all the same. */
export function useMailLanguage() {
  const { viewer } = useSession();
  const update = useAction(UpdateProfileDocument);
  return (next: Language) => {
    if (viewer) void update.run({ input: { language: mailLanguage[next] } });
  };
}
