import { useState } from 'react';

import {
  ChangeUserRoleDocument,
  ReinstateUserDocument,
  SignOutUserDocument,
  SuspendUserDocument,
  type UserRowFragment,
} from '../graphql/generated.ts';
import { type Action, useAction } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Field } from '../ui/Field.tsx';
import { textOf } from '../ui/GatewayForm.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { words } from './words.ts';

/** What an administrator can do to another account; each with a reason. */
export function UserActions({ of: user }: { of: UserRowFragment }) {
  const { t } = useWords();
  const suspend = useAction(SuspendUserDocument);
  const reinstate = useAction(ReinstateUserDocument);
  const signOut = useAction(SignOutUserDocument);
  const change = useAction(ChangeUserRoleDocument);
  const { id } = user;
  const role = user.role === 'ADMIN' ? 'USER' : 'ADMIN';
  return (
    <div className="actions">
      {user.suspendedAt ? (
        <Button isPending={reinstate.pending} onPress={() => void reinstate.run({ input: { id } })}>
          {t(words.reinstate)}
        </Button>
      ) : (
        <WithReason
          label={t(words.suspend)}
          text={t(words.suspendText)}
          user={user}
          action={suspend}
          run={(reason) => suspend.run({ input: { id, reason } })}
        />
      )}
      <WithReason
        label={t(words.signOut)}
        text={t(words.signOutText)}
        user={user}
        action={signOut}
        run={(reason) => signOut.run({ input: { id, reason } })}
      />
      <WithReason
        label={t(role === 'ADMIN' ? words.makeAdmin : words.makeUser)}
        text={t(words.roleText)}
        user={user}
        action={change}
        run={(reason) => change.run({ input: { id, role, reason } })}
      />
      {reinstate.problem ? <ProblemNotice problem={reinstate.problem} /> : null}
    </div>
  );
}

interface WithReasonProps {
  label: string;
  text: string;
  user: UserRowFragment;
  action: Pick<Action<unknown, never>, 'pending' | 'problem'>;
  run(reason: string): Promise<unknown>;
}

function WithReason({ label, text, user, action, run }: WithReasonProps) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);

  async function confirm(values: FormData) {
    if (await run(textOf(values, 'reason'))) setAsking(false);
  }

  return (
    <>
      <Button onPress={() => setAsking(true)}>{label}…</Button>
      {asking ? (
        <Confirm
          title={`${label}: ${user.name || user.id}`}
          submit={label}
          look="danger"
          pending={action.pending}
          problem={action.problem}
          onConfirm={(values) => void confirm(values)}
          onClose={() => setAsking(false)}
        >
          <p>{text}</p>
          <Field name="reason" label={t(words.reason)} hint={t(words.reasonHint)} maxLength={200} autoFocus required />
        </Confirm>
      ) : null}
    </>
  );
}
