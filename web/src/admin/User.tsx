import { useState } from 'react';

import type { UserRowFragment } from '../graphql/generated.ts';
import { useMember } from '../app/session.tsx';
import { useWords } from '../i18n/language.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { UserActions } from './UserActions.tsx';
import { words } from './words.ts';

export function User({ of: user }: { of: UserRowFragment }) {
  const { t, date } = useWords();
  const viewer = useMember();
  const [managing, setManaging] = useState(false);
  return (
    <li>
      <div className="row-main">
        <span className="row-title">{user.name || user.id}</span>
        <span className="row-note">
          {user.email} · {t(words.since)} {date(user.createdAt)}
        </span>
      </div>
      {user.role === 'ADMIN' ? <Badge tone="good">{t(words.roles).ADMIN}</Badge> : null}
      {user.isVerified ? null : <Badge tone="busy">{t(words.unverified)}</Badge>}
      {user.hasSecondFactor ? <Badge tone="calm">{t(words.secondFactor)}</Badge> : null}
      {user.suspendedAt ? <Badge tone="bad">{t(words.suspended)}</Badge> : null}
      {user.id === viewer.id ? null : (
        <Button
          aria-expanded={managing}
          aria-label={t(words.manageWhom)(user.name || user.id)}
          onPress={() => setManaging(!managing)}
        >
          {t(words.manage)}
        </Button>
      )}
      {managing ? <UserActions of={user} /> : null}
    </li>
  );
}
