import { below } from '../base.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { words } from './words.ts';

/** Hands the public page of a job on: by what the device has for that, else as a link to paste. */
export function Share({ number, title }: { number: number; title: string }) {
  const { t } = useWords();
  const url = location.origin + below(`/jobs/${number}`);
  if (!('share' in navigator)) return <CopyButton text={url} what={t(words.shareLink)} label={t(words.copyLink)} />;
  // Who thinks better of it has nothing to be told.
  const share = () => void navigator.share({ title, url }).catch(() => undefined);
  return <Button onPress={share}>{t(words.share)}</Button>;
}
