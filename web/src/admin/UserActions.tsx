import './admin.css';

import { useState } from 'react';

import {
  ChangeUserRoleDocument,
  ReinstateUserDocument,
  ResendMailDocument,
  SignOutUserDocument,
  SuspendUserDocument,
  type UserRowFragment,
} from '../graphql/generated.ts';
import { useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { WithReason } from './WithReason.tsx';
import { words } from './words.ts';

/** What an administrator can do to another account. */
export function UserActions({ of: user }: { of: UserRowFragment }) {
  const { t } = useWords();
  const suspend = useAction(SuspendUserDocument);
  const reinstate = useAction(ReinstateUserDocument);
  const signOut = useAction(SignOutUserDocument);
  const change = useAction(ChangeUserRoleDocument);
  const resend = useAction(ResendMailDocument);
  const [done, setDone] = useState('');
  const { id } = user;
  const role = user.role === 'ADMIN' ? 'USER' : 'ADMIN';
  const mail = user.isVerified ? 'PASSWORD_RESET' : 'VERIFICATION';
  const problem = reinstate.problem ?? resend.problem;
  const common = { user, onDone: setDone };

  async function run(act: Promise<unknown>, message: string) {
    setDone('');
    if (await act) setDone(message);
  }

  return (
    <div className="actions user-actions">
      {user.suspendedAt ? (
        <Button
          isPending={reinstate.pending}
          onPress={() => void run(reinstate.run({ input: { id } }), t(words.isReinstated))}
        >
          {t(words.reinstate)}
        </Button>
      ) : (
        <WithReason
          {...common}
          label={t(words.suspend)}
          text={t(words.suspendText)}
          done={t(words.isSuspended)}
          action={suspend}
          run={(reason) => suspend.run({ input: { id, reason } })}
        />
      )}
      <WithReason
        {...common}
        label={t(words.signOut)}
        text={t(words.signOutText)}
        done={t(words.isSignedOut)}
        action={signOut}
        run={(reason) => signOut.run({ input: { id, reason } })}
      />
      <WithReason
        {...common}
        label={t(role === 'ADMIN' ? words.makeAdmin : words.makeUser)}
        text={t(role === 'ADMIN' ? words.makeAdminText : words.makeUserText)}
        done={t(words.isChanged)}
        action={change}
        run={(reason, proof) => change.run({ input: { id, role, reason, ...proof } })}
      />
      <Button
        isPending={resend.pending}
        onPress={() => void run(resend.run({ input: { id, mail } }), t(words.isMailed)(user.email ?? ''))}
      >
        {t(words.mails)[mail]}
      </Button>
      <LinkButton to={`/admin/audit?user=${id}`}>{t(words.itsEvents)}</LinkButton>
      <span role="status" className="row-note">
        {problem ? '' : done}
      </span>
      {problem ? <ProblemNotice problem={problem} /> : null}
    </div>
  );
}
