import type { Member } from '../app/session.tsx';
import {
  CancelJobDocument,
  CompleteJobDocument,
  type JobDetailFragment,
  PublishJobDocument,
  StartJobDocument,
} from '../graphql/generated.ts';
import { useWords } from '../i18n/language.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { type Settle, Step } from './Step.tsx';
import { stepsOf } from './steps.ts';
import { words } from './words.ts';

interface Props {
  of: JobDetailFragment;
  viewer: Member;
  settle: Settle;
}

/** The steps that the reader may take with a job as it is. */
export function JobActions({ of: job, viewer, settle }: Props) {
  const { t } = useWords();
  const asked = (step: 'cancel' | 'start' | 'complete') => ({
    title: words[`${step}Title`],
    text: t(words[`${step}Text`]),
  });
  const take = { id: job.id, ...settle };
  return stepsOf(job, viewer).map((step) => {
    switch (step) {
      case 'edit':
        return (
          <LinkButton key={step} to={`/jobs/${job.id}/edit`}>
            {t(words.edit)}
          </LinkButton>
        );
      case 'publish':
        return <Step key={step} {...take} step={PublishJobDocument} label={words.publish} look="primary" />;
      case 'start':
        return (
          <Step
            key={step}
            {...take}
            step={StartJobDocument}
            label={words.start}
            look="primary"
            question={asked(step)}
          />
        );
      case 'complete':
        return (
          <Step
            key={step}
            {...take}
            step={CompleteJobDocument}
            label={words.complete}
            look="primary"
            question={asked(step)}
          />
        );
      case 'cancel':
        return (
          <Step
            key={step}
            {...take}
            step={CancelJobDocument}
            label={words.cancel}
            look="danger"
            question={{ ...asked(step), no: t(words.keep) }}
          />
        );
    }
  });
}
