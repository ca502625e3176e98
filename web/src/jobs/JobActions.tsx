import { useLocation } from 'wouter';

import { Decide } from '../admin/Decide.tsx';
import type { Member } from '../app/session.tsx';
import {
  CancelJobDocument,
  CompleteJobDocument,
  DisputeJobDocument,
  type JobDetailFragment,
  ProposeCancelDocument,
  PublishJobDocument,
  ReleaseJobDocument,
  ReportDoneDocument,
  RepostJobDocument,
  StartJobDocument,
} from '../graphql/generated.ts';
import { limits } from '../graphql/limits.ts';
import { useWords } from '../i18n/language.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { type Settle, Step } from './Step.tsx';
import { stepsOf } from './steps.ts';
import { words } from './stepWords.ts';

interface Props {
  of: JobDetailFragment;
  viewer: Member;
  settle: Settle;
}

/** The steps that the reader may take with a job as it is. */
export function JobActions({ of: job, viewer, settle }: Props) {
  const { t, dateTime } = useWords();
  const [, navigate] = useLocation();
  const { id } = job;
  const take = { ...settle, input: () => ({ id }) };
  const takeBecause = { ...settle, input: (reason: string) => ({ jobId: id, reason }) };
  const asked = (step: 'cancel' | 'start' | 'report' | 'complete' | 'proposeCancel' | 'dispute') => ({
    title: t(words[`${step}Title`]),
    text: t(words[`${step}Text`]),
  });
  const no = t(words.keep);
  return stepsOf(job, viewer).map((step) => {
    switch (step) {
      case 'edit':
        return (
          <LinkButton key={step} to={`/jobs/${id}/edit`}>
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
      case 'proposeStart': {
        const text = t(words.proposeStartText)(job.scheduledAt ? dateTime(job.scheduledAt) : '');
        const question = { title: t(words.proposeStartTitle), text };
        return <Step key={step} {...take} step={StartJobDocument} label={words.proposeStart} question={question} />;
      }
      case 'report':
        return (
          <Step
            key={step}
            {...settle}
            input={() => ({ jobId: id })}
            step={ReportDoneDocument}
            label={words.report}
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
      case 'release': {
        const isOwner = job.owner.id === viewer.id;
        const other = isOwner ? job.assignee : job.owner;
        const name = other?.name || other?.id || '';
        const text = isOwner ? t(words.releaseText)(name) : t(words.leaveText);
        const reason = { label: t(words.reason), hint: t(words.reasonHint), ...limits.ReleaseJobInput.reason };
        return (
          <Step
            key={step}
            {...takeBecause}
            step={ReleaseJobDocument}
            label={words.release}
            question={{ title: t(words.releaseTitle)(name), text, reason, no }}
          />
        );
      }
      case 'cancel':
        return (
          <Step
            key={step}
            {...take}
            step={CancelJobDocument}
            label={words.cancel}
            look="danger"
            question={{ ...asked(step), no }}
          />
        );
      case 'proposeCancel':
        return (
          <Step
            key={step}
            {...take}
            step={ProposeCancelDocument}
            label={words.proposeCancel}
            question={{ ...asked(step), no }}
          />
        );
      case 'dispute': {
        const reason = { label: t(words.disputeReason), hint: t(words.disputeHint), ...limits.DisputeJobInput.reason };
        return (
          <Step
            key={step}
            {...takeBecause}
            step={DisputeJobDocument}
            label={words.dispute}
            look="danger"
            question={{ ...asked(step), reason }}
          />
        );
      }
      case 'repost':
        return (
          <Step
            key={step}
            input={() => ({ jobId: id })}
            step={RepostJobDocument}
            label={words.repost}
            onDone={({ repostJob }) => navigate(`/jobs/${repostJob.job.id}/edit`)}
            onConflict={settle.onConflict}
          />
        );
      case 'decide':
        return <Decide key={step} of={job} settle={settle} />;
    }
  });
}
