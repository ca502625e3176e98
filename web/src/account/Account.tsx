import { useMember } from '../app/session.tsx';
import { useWords } from '../i18n/language.tsx';
import { Page } from '../ui/Page.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { words } from './accountWords.ts';
import { ChangeEmail, ChangePassword } from './Credentials.tsx';
import { DeleteAccount } from './DeleteAccount.tsx';
import { ExportData } from './ExportData.tsx';
import { Profile } from './Profile.tsx';

export default function Account() {
  const { t } = useWords();
  const { id } = useMember();
  return (
    <Page title={t(words.account)}>
      <AccountMenu />
      <Profile key={id} />
      <ChangePassword />
      <ChangeEmail />
      <ExportData />
      <DeleteAccount />
    </Page>
  );
}
