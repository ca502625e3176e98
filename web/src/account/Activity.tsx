import { ActivityDocument } from '../graphql/generated.ts';
import { useLoad } from '../graphql/use.ts';
import { useWords } from '../i18n/language.tsx';
import { Await, Empty } from '../ui/Await.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager, usePages } from '../ui/pages.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { words } from './accountWords.ts';
import { AuditList } from './AuditList.tsx';

export default function Activity() {
  const { t } = useWords();
  const pages = usePages();
  const loaded = useLoad(ActivityDocument, { after: pages.after });
  return (
    <Page title={t(words.activity)}>
      <AccountMenu />
      <Await of={loaded}>
        {({ viewer }) => {
          const events = viewer?.auditEvents;
          if (!events?.nodes.length) return <Empty title={t(words.noActivity)} />;
          return (
            <>
              <AuditList events={events.nodes} />
              <Pager pages={pages} info={events.pageInfo} />
            </>
          );
        }}
      </Await>
    </Page>
  );
}
